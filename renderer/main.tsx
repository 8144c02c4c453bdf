/** The window's entry. The shim must come first: it changes how elements are made. */
import './csp-shim.ts';
import './styles/base.css';
import './styles/frame.css';
import './styles/grid.css';
import './styles/parts.css';
import './styles/screens.css';
import './styles/tickets.css';
import './styles/repairs.css';
import './styles/discovery.css';
import './styles/discovery-map.css';
import './styles/findings.css';
import './styles/ipam.css';
import './styles/address-map.css';
import './styles/sync.css';
import { createRoot } from 'react-dom/client';
import { App } from './frame/app.tsx';
import { followEvents } from './query.ts';
import { connect } from './rpc.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
/** Counts in before.js how often the page was loaded again because a file did not arrive. */
const RELOADS = 'lanbook-reloads';
if (!('watched' in document.documentElement.dataset) && sessionStorage.getItem(RELOADS) === null) {
  // before.js itself did not arrive: nobody would ask again for the other files
  sessionStorage.setItem(RELOADS, '1');
  location.reload();
} else {
  sessionStorage.removeItem(RELOADS);
  followEvents();
  connect();
  createRoot(root).render(<App />);
}
