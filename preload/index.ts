/** Hands the window its port to the engine, each time the shell sends one (a reload, a restarted engine). Nothing else. */
import { ipcRenderer } from 'electron';
import { PORT_MESSAGE } from '../shared/host.ts';

ipcRenderer.on(PORT_MESSAGE, (event) => {
  // '/' is "my own origin": a page that took this one's place would not get it.
  window.postMessage({ type: PORT_MESSAGE }, '/', [...event.ports]);
});
