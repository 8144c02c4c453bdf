/** A host that is asked again when a broken-off sweep goes on keeps what it told before, until it tells something newer. */
import type { DiscoveredHost } from '../../../../shared/features/discovery.ts';

const told = <T>(now: readonly T[], before: readonly T[]): T[] => [...(now.length > 0 ? now : before)];

export function stillKnown(now: DiscoveredHost, before: DiscoveredHost | undefined): DiscoveredHost {
  if (!before) return now;
  const kind = now.kind === null ? before : now;
  return {
    ...now,
    rtt_ms: now.rtt_ms ?? before.rtt_ms,
    loss_percent: now.loss_percent ?? before.loss_percent,
    ttl: now.ttl ?? before.ttl,
    name: now.name ?? before.name,
    title: now.title ?? before.title,
    names: told(now.names, before.names),
    ports: told(now.ports, before.ports),
    kind: kind.kind,
    evidence: kind.evidence,
  };
}
