// Makes the coordinator's pages smoother; everything works without it.
(() => {
  "use strict";

  // What is under way is looked at again by itself; whoever reads a page in the background is left alone.
  if (document.querySelector("[data-again]")) {
    const again = () => (document.hidden ? setTimeout(again, 2000) : location.reload());
    setTimeout(again, 2000);
  }

  // A school dragged to another group fills in the fields above: the page then says what the move would change.
  const move = document.querySelector("form[data-move]");
  if (move) {
    for (const hint of document.querySelectorAll("[data-drag]")) hint.hidden = false;
    for (const school of document.querySelectorAll("[data-urn]")) {
      school.draggable = true;
      school.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", school.dataset.urn));
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.addEventListener("dragover", (event) => { event.preventDefault(); group.classList.add("over"); });
      group.addEventListener("dragleave", () => group.classList.remove("over"));
      group.addEventListener("drop", (event) => {
        event.preventDefault();
        group.classList.remove("over");
        const urn = event.dataTransfer.getData("text/plain");
        if (group.dataset.group.split(",").includes(urn)) return;
        move.elements.one.value = urn;
        move.elements.to.value = group.dataset.group;
        move.requestSubmit(move.querySelector("[value=move]"));
      });
    }
  }
})();
