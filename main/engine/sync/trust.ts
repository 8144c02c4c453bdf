/**
 * Whom this laptop speaks to when it speaks to its hub. A hub's certificate is its own, so the key is pinned when joining, and from then on the
 * line carries nothing before that very key was seen on it. A certificate that this system trusts by itself (a proxy's) needs no pin.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual, X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { Agent } from 'undici';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import { proofText, tidyCode } from '../../../shared/sync/proof.ts';

const LOOK_MS = 5000;

export interface Seen {
  readonly cert: string;
  /** SHA-256 of the public key (SPKI, DER), in hexadecimal. */
  readonly pin: string;
  /** Signed by an authority that this system trusts, for this very name. */
  readonly vouched: boolean;
}

/** The certificate at an https origin, without telling it anything. Refuses when nobody is there, or nobody who speaks TLS. */
export function lookAt(origin: string): Promise<Seen> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    // Not yet verified on purpose: this connection carries nothing and ends at once. What is seen is pinned or compared.
    const socket = connect({
      host,
      port: Number(port || 443),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
      ...(/[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {}),
    });
    const end = (done: () => void): void => {
      socket.removeAllListeners('error').on('error', () => undefined);
      socket.destroy();
      done();
    };
    socket.setTimeout(LOOK_MS, () => end(() => reject(refuse('hub_unreachable', { address: origin }))));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const noTls = error.code === 'EPROTO' || error.code?.startsWith('ERR_SSL');
      end(() => reject(refuse(noTls ? 'hub_plain' : 'hub_unreachable', { address: origin })));
    });
    socket.once('secureConnect', () => {
      const raw = socket.getPeerCertificate().raw;
      const vouched = socket.authorized;
      end(() => {
        const cert = new X509Certificate(raw);
        const spki = cert.publicKey.export({ type: 'spki', format: 'der' });
        resolve({ cert: cert.toString(), pin: createHash('sha256').update(spki).digest('hex'), vouched });
      });
    });
  });
}

const lines = new Map<string, Promise<Agent>>();
const nameOf = (origin: string, pin: string): string => `${origin} ${pin}`;

/** Connections that carry nothing unless the other end holds the key `pin`. Refuses with `hub_other_key` when it is another's. */
export function lineTo(origin: string, pin: string): Promise<Agent> {
  const name = nameOf(origin, pin);
  const known = lines.get(name);
  if (known) return known;
  const line = lookAt(origin).then(
    (seen) => {
      if (seen.pin !== pin) throw refuse('hub_other_key', { address: origin });
      // The certificate just seen is the only one this line trusts; its name does not matter, its key was compared.
      return new Agent({ connect: { ca: seen.cert, checkServerIdentity: () => undefined } });
    },
    (error: unknown) => {
      // The hub of this key spoke TLS when it was joined: whoever does not is a login page or another program.
      throw isRefusal(error) && error.code === 'hub_plain' ? refuse('hub_not_hub', { address: origin }) : error;
    },
  );
  lines.set(name, line);
  line.catch(() => lines.delete(name));
  return line;
}

/** After a failure the next request looks again: the hub may have a new certificate for its key, or be another. */
export function dropLine(origin: string, pin: string): void {
  const line = lines.get(nameOf(origin, pin));
  lines.delete(nameOf(origin, pin));
  void line?.then((agent) => agent.close()).catch(() => undefined);
}

export const newNonce = (): string => randomBytes(32).toString('hex');

/** Whether `proof` could only be made by who holds both this code and the key behind `pin`. */
export function proves(proof: string, code: string, nonce: string, pin: string): boolean {
  const key = createHash('sha256').update(tidyCode(code)).digest();
  const expected = createHmac('sha256', key).update(proofText(nonce, pin)).digest();
  return timingSafeEqual(expected, Buffer.from(proof, 'hex'));
}
