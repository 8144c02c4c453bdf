/** What the hub answers instead of frames: a status, a code and what it is about. Anything else that is thrown is a bug or an outage (500). */
export class Failure extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, string | number>;
  constructor(status: number, code: string, params: Record<string, string | number> = {}) {
    super(code);
    this.name = 'Failure';
    this.status = status;
    this.code = code;
    this.params = params;
  }
}
