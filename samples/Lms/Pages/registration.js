// LTI Dynamic Registration 1.0, 3.5: the tool says that its page may go.
const frame = document.getElementById("tool");
addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || event.data?.subject !== "org.imsglobal.lti.close") return;
  frame.remove();
  document.getElementById("closed").hidden = false;
});
