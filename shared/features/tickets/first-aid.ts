/**
 * First aid: what is tried first for each kind of fault, in the order in which most faults are found (link light, cable, port,
 * address, gateway). Shipped as a start; the unit keeps its own list for a category in `first_aid_lists`, one step a line.
 */
import { note, choice, record, type RowOf } from '../../record.ts';
import { faultCategories, type FaultCategory } from './faults.ts';

export const aidOutcomes = ['ok', 'bad', 'skipped'] as const;
export type AidOutcome = (typeof aidOutcomes)[number];

export const firstAidLists = record(
  'first_aid_lists',
  {
    category: choice(faultCategories, { required: true }),
    steps: note({ required: true, max: 2000 }),
  },
  { since: 2 },
);
export type FirstAidList = RowOf<typeof firstAidLists>;

/** Steps as catalogue codes `tickets.aid.<code>`. */
export const shippedAid = {
  cable: ['link_light', 'cable_test', 'other_port', 'replug_both'],
  slow: ['link_speed', 'gateway_ping', 'top_talker', 'loop_check', 'cable_test'],
  no_access: ['link_light', 'cable_test', 'other_port', 'ip_mac', 'gateway_ping', 'dns_test'],
  printer: ['power_paper', 'printer_ping', 'queue', 'test_page'],
  ip_conflict: ['both_macs', 'register_owner', 'port_of_mac', 'change_ip'],
  wireless: ['other_device', 'ap_light', 'signal', 'sign_in', 'dhcp_lease'],
  ports_short: ['free_ports', 'spare_outlet', 'small_switch', 'requisition'],
  port_damaged: ['look_at_port', 'cable_test', 'other_port', 'port_errors'],
  pc: ['power_screen', 'own_network', 'safe_mode', 'backup_first'],
  switch_power: ['power_light', 'outlet_power', 'ups', 'console'],
  virus: ['unplug', 'scan', 'same_room', 'change_passwords'],
  loop: ['blinking', 'storm_port', 'unplug_port', 'private_switch'],
  projection: ['input_source', 'video_cable', 'screen_mode', 'other_computer'],
  other: ['ask_again', 'reproduce', 'what_changed'],
} as const satisfies Record<FaultCategory, readonly string[]>;
export type AidCode = (typeof shippedAid)[FaultCategory][number];

const MOST_STEPS = 20;
/** The steps of a list as written, one a line; empty lines and numbering are dropped. */
export const aidSteps = (written: string): string[] => [
  ...new Set(
    written
      .split('\n')
      .map((line) =>
        line
          .replace(/^\s*\d+\s*[.、)）]\s*/, '')
          .trim()
          .slice(0, 120),
      )
      .filter((line) => line !== '')
      .slice(0, MOST_STEPS),
  ),
];
