/** The window's entry. The shim must come first: it changes how elements are made. */
import './csp-shim.ts';
import './styles/base.css';
import './styles/frame.css';
import './styles/grid.css';
import './styles/parts.css';
import './styles/screens.css';
import './styles/tickets.css';
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
followEvents();
connect();
createRoot(root).render(<App />);
