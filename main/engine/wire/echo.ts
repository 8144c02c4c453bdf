/**
 * What `ping` prints, in any language and on any system. Only a line with a time to live is a reply: Windows also begins
 * "Reply from … / 来自 … 的回复" when a router or the own card says that nobody can be reached, and ends without an error.
 */
export interface EchoReplies {
  /** Mean of the replies, milliseconds; null when none came. */
  readonly rtt_ms: number | null;
  readonly loss_percent: number;
  readonly ttl: number | null;
}

const TTL = /\bttl[=:]\s*(\d{1,3})/i;
/** `time=0.04 ms`, `time<1ms`, `时间=3ms` (as GBK read as anything): the number right before "ms". */
const TIME = /[=<]\s*(\d+(?:[.,]\d+)?)\s*(?:ms|毫秒)/i;

/** `output`: decoded somehow; everything looked at is ASCII. `sent`: how many requests were to be sent. */
export function readEchoes(output: string, sent: number): EchoReplies {
  const replies = output.split(/[\r\n]+/).flatMap((line) => {
    const ttl = TTL.exec(line)?.[1];
    const time = TIME.exec(line)?.[1]?.replace(',', '.');
    return ttl === undefined || line.includes('DUP!')
      ? []
      : [{ ttl: Number(ttl), time: time === undefined ? null : Number(time) }];
  });
  const times = replies.flatMap(({ time }) => (time === null ? [] : [time]));
  const received = Math.min(replies.length, sent);
  return {
    rtt_ms: replies.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length),
    loss_percent: Math.round(((sent - received) / sent) * 100),
    ttl: replies[0]?.ttl ?? null,
  };
}
