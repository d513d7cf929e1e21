// Forms that work without signal: what is typed stays on this phone until it has arrived, and then leaves it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-offline]");
  const main = document.getElementById("main");
  // Behind a link its address says whose page it is. Behind a session the page does, and a note that waits goes with the
  // token of the session that sends it: nobody sends what somebody else has typed on the same phone.
  const { whose, csrf } = document.body.dataset;
  const root = whose ? "/me" : location.pathname.split("/").slice(0, 3).join("/");
  const mine = (one) => one.action.startsWith(`${root}/`) && one.whose === whose;
  const at = (path) => (whose ? `${whose} ${path}` : path);
  const CACHE = "kindred-offline-1";
  if (!("indexedDB" in window) || !("caches" in window) || !navigator.serviceWorker) return;

  // ---- what this phone keeps: `typed` while somebody writes, `waiting` once they have pressed a button
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open("kindred-offline", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("typed", { keyPath: "path" });
      asked.result.createObjectStore("waiting", { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  async function kept(store, mode, act) {
    const database = await opened;
    return new Promise((done, failed) => {
      const work = database.transaction(store, mode);
      const asked = act(work.objectStore(store));
      work.oncomplete = () => done(asked.result);
      work.onerror = work.onabort = () => failed(work.error);
    });
  }
  const put = (store, record) => kept(store, "readwrite", (found) => found.put(record));
  const drop = (store, key) => kept(store, "readwrite", (found) => found.delete(key));
  const get = (store, key) => kept(store, "readonly", (found) => found.get(key));
  const waiting = async () =>
    (await kept("waiting", "readonly", (found) => found.getAll())).filter(mine);

  // ---- what the person is told
  const state = Object.assign(document.createElement("div"), { id: "offline-state" });
  state.setAttribute("role", "status");
  main.prepend(state);
  function tell(title, sentence, kind, button, press) {
    state.replaceChildren();
    if (!title) return;
    const box = Object.assign(document.createElement("div"), { className: `notice ${kind}` });
    box.append(Object.assign(document.createElement("h2"), { textContent: title }));
    box.append(Object.assign(document.createElement("p"), { textContent: sentence }));
    if (button) {
      const one = Object.assign(document.createElement("button"), { className: "button plain small", textContent: button });
      one.type = "button";
      one.addEventListener("click", press);
      const line = document.createElement("p");
      line.append(one);
      box.append(line);
    }
    state.append(box);
  }
  const many = (number) => (number === 1 ? "One note is" : `${number} notes are`);

  // ---- sending: the same note under the same key, so that it arrives once however often it is sent
  async function deliver(note) {
    const sent = whose ? note.fields.map(([name, value]) => [name, name === "csrf" ? csrf : value]) : note.fields;
    const answer = await fetch(note.action, { method: "POST", body: new URLSearchParams(sent) });
    const done = answer.ok && new URL(answer.url).pathname === `${root}/saved`;
    if (done) await drop("waiting", note.id);
    return { done, answer };
  }
  // Browsers do not always tell that there is a signal again: what waits is tried again by itself, less and less often.
  const SOON = 3000, SELDOM = 60000;
  let pause = SOON;
  let next = 0;
  function again() {
    clearTimeout(next);
    next = setTimeout(flush, pause);
    pause = Math.min(pause * 2, SELDOM);
  }
  async function now() {
    pause = SOON;
    if (document.visibilityState === "visible" && (await waiting()).length) await flush();
  }
  let flushing = false;
  async function flush() {
    if (flushing) return;
    flushing = true;
    let sent = 0;
    let refused = null;
    try {
      for (const note of await waiting()) {
        const { done, answer } = await deliver(note);
        if (done) sent += 1;
        else refused ??= { note, status: answer.status };
      }
    } catch { /* no signal: they stay */ } finally { flushing = false; }
    await report(sent, refused);
  }
  async function report(sent, refused) {
    const left = (await waiting()).length;
    if (refused?.status === 403) {
      tell(`${many(left)} kept on this phone`, whose ? "Sign in again: then it is sent." : "Open the link in your mail again: then it is sent.", "warn");
    } else if (refused) {
      tell(`${many(left)} not sent`, "Something in it has to be put right.", "warn", "Look at it", () => reopen(refused.note));
    } else if (left) {
      tell(`${many(left)} kept on this phone`, "It is sent by itself once there is a signal and this page is open.", "calm", "Send now", now);
      again();
    } else if (sent) {
      tell(sent === 1 ? "One note was sent" : `${sent} notes were sent`, "It is no longer kept on this phone.", "calm");
    } else {
      tell("");
    }
  }
  async function reopen(note) {
    await put("typed", { path: at(note.action), fields: note.fields });
    await drop("waiting", note.id);
    location.assign(note.action);
  }

  // ---- the form
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const fields = () => [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  const STEERING = ["csrf", "once", "do"];
  function fill(known) {
    const values = new Map(known);
    for (const field of form.elements) {
      if (!field.name || ["csrf", "do"].includes(field.name)) continue;
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.get(field.name) === field.value;
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
    form.dispatchEvent(new Event("change"));
  }
  function own() { for (const name of ["once", "another"]) form.elements[name].value = fresh(); }
  function begin() {
    form.reset();
    own();
    form.dispatchEvent(new Event("change"));
  }
  let last = Promise.resolve();
  let touched = false;
  function keep() { touched = true; last = put("typed", { path: at(form.dataset.offline), fields: fields() }); }
  async function press(event) {
    const button = event.submitter?.value;
    if (!["send", "save", undefined].includes(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await last.catch(() => {});
    const note = { id: form.elements.another.value, whose, action: form.dataset.offline, fields: [...fields().filter(([name]) => name !== "do"), ["do", button ?? "save"]] };
    await put("waiting", note);
    await drop("typed", at(note.action));
    try {
      const { done, answer } = await deliver(note);
      if (done) { location.assign(answer.url); return; }
    } catch {
      begin();
      await report(0, null);
      state.scrollIntoView({ block: "start" });
      return;
    }
    // The server has something to say: let it say so in its own page, with everything that was typed.
    await put("typed", { path: at(note.action), fields: note.fields });
    await drop("waiting", note.id);
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: button ?? "save" }));
    form.submit();
  }

  // ---- the page itself stays on this phone, empty, so that it opens without signal
  async function stay() {
    const cache = await caches.open(CACHE);
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((one) => one.href);
    parts.push(...[...document.scripts].map((one) => one.src).filter(Boolean));
    const page = await fetch(form.dataset.offline);
    if (!page.ok || page.redirected) { await cache.delete(form.dataset.offline); return; }
    await cache.put(form.dataset.offline, page);
    await cache.addAll(parts);
  }

  addEventListener("online", now);
  addEventListener("visibilitychange", now);
  (async () => {
    if (form) { // at once: whoever types or presses before all else is ready loses nothing, and leaves nothing behind
      if (form.dataset.problems !== "yes") own();
      form.addEventListener("input", keep);
      form.addEventListener("change", (event) => { if (event.isTrusted) keep(); });
      form.addEventListener("submit", press, true);
    }
    await navigator.serviceWorker.register("/offline-worker.js");
    if (form) {
      const typed = await get("typed", at(form.dataset.offline));
      const shown = touched || form.dataset.problems === "yes";
      if (typed && !shown) fill(typed.fields.filter(([name]) => !STEERING.includes(name) || name === "once"));
      else if (!typed && !shown) begin();
      await stay().catch(() => {});
    }
    await flush();
    document.body.dataset.offlineReady = "yes";
  })().catch(() => {});
})();
