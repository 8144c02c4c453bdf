// Runs before any module. The page's policy forbids making code from text; zod asks for that once unless it is told here,
// before the first schema exists, and the browser would report the question as a violation.
globalThis.__zod_globalConfig = { jitless: true };

// Chromium drops what it is loading (ERR_NETWORK_CHANGED) when a network card comes up or goes, also from 127.0.0.1: a cable
// plugged in while the page opens must not leave a page without its styles, or an empty one.
const PAUSES_MS = [200, 500, 1000, 2000, 4000];
// main.tsx takes this away when it runs.
const RELOADS = 'lanbook-reloads';

const giveUp = () => {
  const say = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? '';
  const text = document.createElement('p');
  text.setAttribute('role', 'alert');
  text.textContent = say('not-loaded');
  const button = document.createElement('button');
  button.textContent = say('reload');
  button.addEventListener('click', () => location.reload());
  const notice = document.createElement('div');
  notice.id = 'not-loaded';
  notice.append(text, button);
  document.getElementById('not-loaded')?.remove();
  document.body.prepend(notice);
};

// In place: a reload would lose what is being typed, and a stylesheet may come with any screen.
const askAgain = (link) => {
  const tries = Number(link.dataset.tries ?? 0);
  const pause = PAUSES_MS[tries];
  if (pause === undefined) return giveUp();
  setTimeout(() => {
    const next = link.cloneNode();
    next.dataset.tries = String(tries + 1);
    link.replaceWith(next);
  }, pause);
};

// No module ran, so there is nothing to lose, and the one-time code is still in the address.
const loadAgain = () => {
  const reloads = Number(sessionStorage.getItem(RELOADS) ?? 0);
  const pause = PAUSES_MS[reloads];
  if (pause === undefined) {
    sessionStorage.removeItem(RELOADS);
    giveUp();
    return;
  }
  sessionStorage.setItem(RELOADS, String(reloads + 1));
  setTimeout(() => location.reload(), pause);
};

addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') askAgain(target);
    else if (target instanceof HTMLScriptElement) loadAgain();
  },
  true,
);
document.documentElement.dataset.watched = '';
