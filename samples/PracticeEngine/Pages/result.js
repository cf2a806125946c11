// Asks the engine's own server how far the score has come, until that is settled.
const delivery = document.getElementById("delivery");

async function look() {
  try {
    const response = await fetch("/practice/score-state", { headers: { accept: "application/json" } });
    if (response.ok) {
      const answer = await response.json();
      if (delivery.dataset.state !== answer.state) {
        delivery.dataset.state = answer.state;
        delivery.textContent = answer.words;
      }
    }
  } catch {
    // The network is away; the next look may find it.
  }
  if (delivery.dataset.state === "pending") {
    setTimeout(look, 1000);
  }
}

if (delivery.dataset.state === "pending") {
  setTimeout(look, 500);
}
