/** What the Electron shell and the engine's process say to each other; both import this file and nothing of one another. */
import type { Language } from '../shared/messages.ts';
import type { RefusalParams } from '../shared/refusal.ts';

/** Processes that the engine asks its host for; each is one file of main/engine/helpers. */
export type HelperName = 'sheets' | 'wire' | 'backup' | 'snmp';

/** For both hosts. security.md X4, F9: a workbook within the import limits fits; a bomb ends the helper and not the computer. */
export const HELPER_EXEC_ARGV = ['--max-old-space-size=768'];

export type ToEngine =
  /** The first message. */
  | { type: 'start'; dataDir: string }
  /** A window has come; its port is the message's only one. */
  | { type: 'window' }
  /** The helper `id` runs; its port is the message's only one. */
  | { type: 'helper'; id: number }
  | { type: 'helper-exit'; id: number; code: number }
  /** What the login's keyring made of it; null: there is none to trust, or it does not know these bytes. */
  | { type: 'keyring'; id: number; bytes: Uint8Array | null }
  /** Finish, then answer `closed`. */
  | { type: 'close' };

export type FromEngine =
  | { type: 'started' }
  /** The notebook's own language, once it has one and whenever it changes: the menu follows. */
  | { type: 'language'; language: Language }
  /** The folder cannot be opened; a sentence `refusal.<code>` says why. */
  | { type: 'refused'; code: string; params: RefusalParams }
  | { type: 'closed' }
  | { type: 'spawn-helper'; id: number; name: HelperName }
  | { type: 'kill-helper'; id: number }
  | { type: 'keyring'; id: number; action: 'wrap' | 'unwrap'; bytes: Uint8Array };

/** The part of Electron's MessagePortMain that both sides use; named here so that the engine needs no electron. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}
/** `process.parentPort` of an Electron utility process. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): unknown;
}

/** Null in plain Node, where a helper is a forked child process. */
export const parentPort = (): ParentPort | null => (process as { parentPort?: ParentPort }).parentPort ?? null;
