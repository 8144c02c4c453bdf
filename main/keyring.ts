/**
 * The system's keyring, for the engine. On Linux Electron says yes even where the only key is one that stands in its own source
 * (security.md F10): what it wrapped tells, by its first three bytes. Only the desktop's keyring (v11) and its portal (v12) are believed.
 */
import { safeStorage } from 'electron';

const BELIEVED = new Set(['v11', 'v12']);
const isBelieved = (wrapped: Buffer): boolean =>
  process.platform !== 'linux' || BELIEVED.has(wrapped.subarray(0, 3).toString('latin1'));

/** Null when there is no keyring to trust, or it does not know what it is given. Never throws. */
export async function askKeyring(action: 'wrap' | 'unwrap', bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    if (action === 'wrap') {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
      const wrapped = await safeStorage.encryptStringAsync(Buffer.from(bytes).toString('base64'));
      return isBelieved(wrapped) ? wrapped : null;
    }
    const wrapped = Buffer.from(bytes);
    if (!isBelieved(wrapped)) return null;
    const { result } = await safeStorage.decryptStringAsync(wrapped);
    return Buffer.from(result, 'base64');
  } catch {
    // another login, a keyring that stayed locked: the engine says what to do
    return null;
  }
}
