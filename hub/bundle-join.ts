/** A laptop that joins by USB stick: its file shows that it was told a code, and is answered with what shows that this store made it. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { JoinHeader } from '../shared/sync/bundle.ts';
import { askText, readSeal, sealText, type StickFault } from '../shared/sync/stick.ts';
import { NotTaken } from './bundle-fault.ts';
import type { ShownCode } from './codes.ts';
import type { Client } from './db.ts';
import { enrol } from './devices.ts';
import { Failure } from './failure.ts';
import { signs } from './keys.ts';

const sealOf = (key: Buffer, signed: string): Buffer => createHmac('sha256', key).update(sealText(signed)).digest();

/** Refuses a file that is not as whoever holds its key wrote it: before anything is asked of the code, so that damage is no wrong guess. */
export function ownSeal(header: JoinHeader, signed: string, line: string): Buffer {
  const read = readSeal(line);
  let good = false;
  try {
    good = read !== null && signs(Buffer.from(header.key, 'base64url'), askText(signed, read.seal), read.signature);
  } catch {
    // bytes that are no key
  }
  if (!read || !good) throw new NotTaken('altered');
  return Buffer.from(read.seal, 'hex');
}

const FAULTS: Readonly<Record<string, StickFault>> = {
  CODE_WRONG: 'code_wrong',
  CODE_USED: 'code_used',
  CODE_EXPIRED: 'code_expired',
  CODE_LOCKED: 'code_locked',
  OTHER_HUB: 'other_store',
  MACHINE_IN_USE: 'machine_in_use',
  BAD_KEY: 'altered',
};

/** Takes the laptop in as over the network, and gives what seals the answer to it. Throws NotTaken where the code or the machine code is refused. */
export async function admit(
  client: Client,
  header: JoinHeader,
  signed: string,
  seal: Buffer,
  { now, by }: { readonly now: number; readonly by: string },
): Promise<(text: string) => string> {
  const { device, machine, technician, origin, key, proof, code: name } = header;
  let opened: Buffer | null = null;
  const shown: ShownCode = {
    name,
    opens: (sha256) => {
      if (!timingSafeEqual(sealOf(sha256, signed), seal)) return false;
      opened = sha256;
      return true;
    },
  };
  try {
    await enrol(client, { device, machine, technician, origin, key: { public: key, proof } }, shown, by, now);
  } catch (error) {
    const why = error instanceof Failure ? FAULTS[error.code] : undefined;
    if (!(error instanceof Failure) || why === undefined) throw error;
    throw new NotTaken(why, { machine, holder: String(error.params['holder'] ?? '') }, error);
  }
  const code = opened as Buffer | null;
  if (!code) throw new Error('taken in without its code');
  return (text) => sealOf(code, text).toString('hex');
}
