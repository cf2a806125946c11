// Carries a launch through a browser that may keep no cookie (1EdTech LTI Client Side postMessages 0.1, Platform Storage 0.1).
// All it works with stands in data attributes of #lti-launch; PlatformStorageScript documents them.
"use strict";
(() => {
  const page = document.getElementById("lti-launch");
  if (!page) return;
  const { step, authorize, platform, storage, key, value } = page.dataset;
  const link = page.querySelector("a[data-new-tab]");

  // In milliseconds. Only a platform that offers its storage is asked; on a slow machine its page takes a while to answer. Nobody
  // waits that long without a word: after a while the page says what else can be done, and an answer is welcome all the same.
  const capabilitiesLimit = 3000;
  const storageLimit = 10000;
  const askAgain = 500;
  const patience = 3000;

  // Whoever shows this page: the window around a frame, or the one that opened a tab.
  const shownBy = window.parent !== window ? window.parent : window.opener;

  function enter(state) {
    page.dataset.state = state;
    const status = page.querySelector("[role=status]");
    const words = status?.dataset[state];
    if (words) status.textContent = words;
  }

  function keepsCookies() {
    const attributes = "; Path=/; Secure; SameSite=None; Partitioned";
    try {
      document.cookie = "lti-probe=1" + attributes;
      const kept = document.cookie.split("; ").includes("lti-probe=1");
      document.cookie = "lti-probe=; Max-Age=0" + attributes;
      return kept;
    } catch {
      // A sandboxed frame may not even ask.
      return false;
    }
  }

  // Resolves to the answer, or to null when there is none in time or it is an error.
  function ask(target, targetOrigin, isFrom, message, limit) {
    return new Promise(resolve => {
      const id = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
      const timer = setTimeout(() => finish(null), limit);
      // A frame that is still loading hears nothing. Asking twice does no harm.
      const repeat = setInterval(send, askAgain);
      function finish(answer) {
        clearTimeout(timer);
        clearInterval(repeat);
        removeEventListener("message", hear);
        resolve(answer);
      }
      function hear(event) {
        const data = event.data;
        if (!isFrom(event) || typeof data !== "object" || data === null) return;
        if (data.message_id !== id || data.subject !== message.subject + ".response") return;
        finish(data.error ? null : data);
      }
      function send() {
        target.postMessage({ ...message, message_id: id }, targetOrigin);
      }
      addEventListener("message", hear);
      send();
    });
  }

  // The window around this page may be of another origin than the platform's endpoints (in Canvas it is the school's own domain).
  // So anybody may answer which frame it is: that says nothing secret, and what goes to the frame reaches the platform or nobody.
  async function storageFrame(subject) {
    if (!shownBy) return null;
    const answer = await ask(shownBy, "*", event => event.source === shownBy, { subject: "lti.capabilities" }, capabilitiesLimit);
    const supported = Array.isArray(answer?.supported_messages) ? answer.supported_messages : [];
    const named = supported.find(one => one?.subject === subject)?.frame;
    const name = typeof named === "string" && /^[\w.:-]{1,100}$/.test(named) ? named : storage;
    if (name === "_parent") return shownBy;
    try {
      const frame = shownBy.frames[name];
      return typeof frame.postMessage === "function" ? frame : null;
    } catch {
      // There is no frame of that name.
      return null;
    }
  }

  async function askStorage(message) {
    const frame = await storageFrame(message.subject);
    return frame && ask(frame, platform, event => event.origin === platform, message, storageLimit);
  }

  async function patiently(message) {
    const offer = setTimeout(() => page.dataset.state === "working" && enter("offer"), patience);
    try {
      return await askStorage(message);
    } finally {
      clearTimeout(offer);
    }
  }

  async function login() {
    link?.addEventListener("click", openTab);
    link?.addEventListener("auxclick", openTab);
    // Whoever followed the link before this script arrived is on the way already: a second login would spoil the first.
    if (link && document.activeElement === link) return enter("opened");
    enter("working");
    const kept = keepsCookies() || (storage && await patiently({ subject: "lti.put_data", key, value }));
    // Whoever took the offer meanwhile is in the other tab.
    if (page.dataset.state === "opened") return;
    if (kept) location.replace(authorize);
    else enter("offer");
  }

  // One click, one tab: the platform's hint in the address is good for one login.
  function openTab(event) {
    if (page.dataset.state === "opened") {
      event.preventDefault();
      return;
    }
    enter("opened");
    link.setAttribute("aria-disabled", "true");
    // Once the browser has followed it.
    setTimeout(() => link.removeAttribute("href"));
  }

  async function launch() {
    enter("working");
    const answer = await patiently({ subject: "lti.get_data", key });
    const form = page.querySelector("form");
    form.elements.namedItem("binding").value = typeof answer?.value === "string" ? answer.value : "";
    form.submit();
  }

  if (step === "login") login();
  else if (step === "launch") launch();
})();
