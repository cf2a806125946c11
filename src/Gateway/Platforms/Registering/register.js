// LTI Dynamic Registration 1.0, 3.5: the platform closes the page. It says nothing, so any origin may hear it: Canvas frames the page
// from the school's own address, which is not the one that it gave of itself.
document.getElementById("close").addEventListener("click", () => {
  const platform = window.opener ?? (window.parent === window ? null : window.parent);
  platform?.postMessage({ subject: "org.imsglobal.lti.close" }, "*");
});
