// Gives back the pages of forms that work without signal, where there is none. What is typed is the page's own business.
"use strict";
const CACHE = "kindred-offline-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET") event.respondWith(fetch(request).catch((error) => fromHere(request, error)));
});

async function fromHere(request, error) {
  const cache = await caches.open(CACHE);
  const path = new URL(request.url).pathname;
  const kept = (await cache.match(request)) ?? (request.mode === "navigate" && (await cache.match(`${path}/new`)));
  if (kept) return kept;
  throw error;
}
