/** What the registers of an area lack, before somebody else has to live with it. */
import { isOut } from '../../../../shared/features/custody.ts';
import type { GapCode } from '../../../../shared/features/handover.ts';
import type { Area, Asset } from './area.ts';
import { boundPorts } from './gather.ts';

export interface Gap {
  code: GapCode;
  n: number;
  examples: string[];
}
/** As many names as fit a line on paper. */
const EXAMPLES = 5;
const some = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' ');

/** What the registers of the area lack, each with a few examples. `now` in ms UTC and `today` decide what is overdue. */
export function findGaps(area: Area, supervisor: string | null, now: number, today: string): Gap[] {
  const gaps: Gap[] = [];
  const add = <T>(code: GapCode, all: readonly T[], lacks: (each: T) => boolean, name: (each: T) => string): void => {
    const found = all.filter(lacks);
    if (found.length > 0) gaps.push({ code, n: found.length, examples: found.slice(0, EXAMPLES).map(name) });
  };
  const holder = (id: string): string => area.holders.get(id)?.name ?? '';
  const asset = (each: Asset): string => some(each.tag, each.name);
  const devices = [...area.equipment, ...area.devices];
  add(
    'no_letter',
    area.bindings,
    ({ person_id }) => area.holders.get(person_id)?.letter !== 'signed',
    ({ ip, person_id }) => some(ip, holder(person_id)),
  );
  add(
    'no_mac',
    area.bindings,
    ({ mac }) => mac === null,
    ({ ip, person_id }) => some(ip, holder(person_id)),
  );
  add('no_tag', devices, ({ tag }) => tag === null, asset);
  add('no_keeper', devices, ({ custodian_id }) => custodian_id === null, asset);
  add('no_serial', area.equipment, ({ serial }) => serial === null, asset);
  add(
    'no_ports',
    area.equipment,
    (each) => each.category === 'switch' && !area.ports.has(each.id) && boundPorts(area, each) === 0,
    asset,
  );
  add(
    'late_tickets',
    area.tickets,
    ({ due_at }) => due_at < now,
    ({ number }) => number,
  );
  add(
    'tool_late',
    area.kit,
    (tool) => isOut(tool) && tool.back_by !== null && tool.back_by < today,
    (tool) => some(tool.name, tool.holder),
  );
  const none = (code: GapCode, lacks: boolean): void => {
    if (lacks) gaps.push({ code, n: 1, examples: [] });
  };
  none('no_cable', area.closets.length === 0 && area.equipment.some(({ category }) => category === 'switch'));
  none('no_tool', area.kit.length === 0 && area.tools.length === 0);
  none('no_envelope', area.envelopes.length === 0);
  if (!supervisor) gaps.push({ code: 'no_supervisor', n: 1, examples: [] });
  return gaps;
}
