// Makes the coordinator's pages smoother; everything works without it.
(() => {
  "use strict";

  // What is under way is looked at again by itself; whoever reads a page in the background is left alone.
  if (document.querySelector("[data-again]")) {
    const again = () => (document.hidden ? setTimeout(again, 2000) : location.reload());
    setTimeout(again, 2000);
  }
})();
