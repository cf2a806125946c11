// A page of another origin, which answers the tool in the storage's place.
"use strict";
addEventListener("message", event => parent.frames.tool.postMessage(event.data.reply, event.data.to));
