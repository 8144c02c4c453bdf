/** What goes wrong at the hub's console by the operator's own hand, each as one sentence that says what to do. */

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly hostname?: unknown;
  readonly path?: unknown;
  readonly message?: unknown;
}

const LISTEN: Record<string, string> = {
  EADDRINUSE: 'This port is in use. Choose another with --port.',
  EACCES: 'An ordinary user may not listen on this port. Choose one above 1023 with --port.',
};
const FOLDER: Record<string, string> = {
  EACCES: 'may not be written by this user. Choose another folder with --data.',
  EPERM: 'may not be written by this user. Choose another folder with --data.',
  EROFS: 'is on a disk that can only be read. Choose another folder with --data.',
  EEXIST: 'is no folder. Choose another with --data.',
  ENOTDIR: 'is no folder. Choose another with --data.',
};
/** Of PostgreSQL, by SQLSTATE; it says itself who or what it does not know. */
const DATABASE: Record<string, string> = {
  '28000': 'Check user and password in DATABASE_URL.',
  '28P01': 'Check user and password in DATABASE_URL.',
  '3D000': 'Make it (CREATE DATABASE), or name another in DATABASE_URL.',
  '42501': 'Give this user the database (ALTER DATABASE … OWNER TO …), or name another user in DATABASE_URL.',
  '53300': 'Raise max_connections of PostgreSQL, or stop what uses them.',
  '57P03': 'Wait until PostgreSQL has started, then try again.',
};

/** `host`: where the hub was to listen. Null for whatever is no mistake of this kind, and is told as it is. */
export function sentenceOf(error: unknown, host: string): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, syscall, hostname, path, message }: SystemError = error;
  if (typeof code !== 'string') return null;
  if (code === 'EADDRNOTAVAIL' || (syscall === 'getaddrinfo' && hostname === host))
    return `"${host}" is no address of this computer. Name one with --host; 0.0.0.0 is all of them.`;
  if (syscall === 'listen') return LISTEN[code] ?? null;
  if (syscall === 'connect' || syscall === 'getaddrinfo')
    return `PostgreSQL does not answer (${String(message) || code}). Check DATABASE_URL, and whether PostgreSQL runs.`;
  if (syscall === 'mkdir' && FOLDER[code]) return `${String(path)} ${FOLDER[code]}`;
  const help = DATABASE[code];
  return help ? `PostgreSQL says: ${String(message)}. ${help}` : null;
}
