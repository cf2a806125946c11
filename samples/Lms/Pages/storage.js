// LTI Client Side postMessages 0.1 and Platform Storage 0.1: values are kept apart for each tool's origin, as long as this page is open.
"use strict";
(() => {
  const { frame, fault } = document.getElementById("storage").dataset;
  const kept = new Map();

  function answer(message, origin) {
    const reply = { subject: `${message.subject}.response`, message_id: message.message_id };
    if (fault === "Error") return { ...reply, error: { code: "storage_exhaustion", message: "Nothing is kept today." } };
    if (message.subject === "lti.capabilities")
      return { ...reply, supported_messages: [{ subject: "lti.capabilities" }, { subject: "lti.put_data", frame }, { subject: "lti.get_data", frame }] };
    const place = `${origin} ${message.key}`;
    if (message.subject === "lti.put_data") kept.set(place, message.value);
    else if (message.subject !== "lti.get_data") return { ...reply, error: { code: "unsupported_subject", message: "Not known here." } };
    return { ...reply, key: message.key, value: kept.get(place) };
  }

  // Also called by the frame that passes messages on. Capabilities are this page's business, values are of the frame that it names.
  window.receiveForStorage = (event, by) => {
    const message = event.data;
    if (typeof message?.subject !== "string" || typeof message.message_id !== "string" || fault === "Silent") return;
    const isValue = message.subject === "lti.put_data" || message.subject === "lti.get_data";
    if (isValue && by !== (frame === "_parent" ? window : window.frames[frame])) return;
    const reply = answer(message, event.origin);
    if (fault === "WrongOrigin" && isValue) window.frames.stranger.postMessage({ reply, to: event.origin }, "*");
    else by.send(event.source, reply, event.origin);
  };

  // A named frame takes messages once it is there: only then is the tool opened.
  window.storageFrameIsReady = () => {
    const open = () => {
      const tool = document.querySelector("iframe[name=tool]");
      tool.src = tool.dataset.src;
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", open);
    else open();
  };

  window.send = (target, reply, origin) => target.postMessage(reply, origin);
  addEventListener("message", event => window.receiveForStorage(event, window));
})();
