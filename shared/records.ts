/** Every synced record type. The databases, search, sync and audit know no others. */
import { applications } from './features/applications.ts';
import { approvals } from './features/approvals.ts';
import { assets } from './features/assets.ts';
import { attachments } from './features/attachments.ts';
import { ignoredFindings } from './features/discovery.ts';
import { evidencePurges } from './features/discovery/history.ts';
import { namingRules } from './features/discovery/naming.ts';
import { cables, outlets, panels, switchPorts } from './features/cabling.ts';
import { calendarDays } from './features/calendar.ts';
import { documentParts, documents } from './features/documents.ts';
import { dutyAreas } from './features/duty-areas.ts';
import { envelopes, tools } from './features/custody.ts';
import { dutyEntries } from './features/duty.ts';
import { handoverItems, handovers } from './features/handover.ts';
import { addressRanges, bindings, subnets } from './features/ipam.ts';
import { knowledgeArticles } from './features/knowledge.ts';
import { leases } from './features/leases.ts';
import { letterTexts } from './features/letters.ts';
import { locations } from './features/locations.ts';
import { people } from './features/people.ts';
import { receipts, reports } from './features/reports.ts';
import { rangeRequests } from './features/range-requests.ts';
import { slaRules } from './features/sla-rules.ts';
import { conflicts } from './features/sync.ts';
import { ticketEvents, tickets } from './features/tickets.ts';
import { firstAidLists } from './features/tickets/first-aid.ts';
import { topologyNodes } from './features/topology.ts';
import { watchedDevices } from './features/watch.ts';
import type { RecordType } from './record.ts';

export const records = [
  locations,
  people,
  assets,
  subnets,
  addressRanges,
  rangeRequests,
  bindings,
  leases,
  tickets,
  ticketEvents,
  calendarDays,
  documents,
  documentParts,
  handovers,
  handoverItems,
  tools,
  envelopes,
  ignoredFindings,
  evidencePurges,
  namingRules,
  watchedDevices,
  dutyEntries,
  attachments,
  outlets,
  panels,
  switchPorts,
  cables,
  topologyNodes,
  approvals,
  applications,
  letterTexts,
  firstAidLists,
  knowledgeArticles,
  dutyAreas,
  slaRules,
  reports,
  receipts,
  conflicts,
] as const;

const byTable = new Map<string, RecordType>(records.map((type) => [type.table, type as unknown as RecordType]));
/** The declaration of a table, or undefined when this version knows none of that name. */
export const recordOf = (table: string): RecordType | undefined => byTable.get(table);
