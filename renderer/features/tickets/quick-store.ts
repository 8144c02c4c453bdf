/** What the quick ticket holds while it is being typed. Closing it by accident loses nothing: it comes back as it was. */
import { create } from 'zustand';
import type { FaultCategory } from '../../../shared/features/tickets/faults.ts';
import type { TicketOpening } from '../../../shared/features/tickets.ts';

/** Who reported it: somebody or something of the registers, or a name that is in none. */
export type Who =
  | {
      readonly table: 'people' | 'locations' | 'assets';
      readonly id: string;
      readonly title: string;
      readonly subtitle: string;
    }
  | { readonly table: null; readonly title: string };

export interface QuickDraft {
  readonly who: Who | null;
  readonly category: FaultCategory | null;
  readonly symptom: string;
  readonly priority: 'urgent' | 'high' | 'normal' | 'low';
  /** Null = as the register has it. */
  readonly phone: string | null;
  readonly location_id: string | null;
  /** Given by the screen it was opened from. */
  readonly given: Partial<Pick<TicketOpening, 'ip' | 'asset_id' | 'channel' | 'kind'>>;
  /** What that screen does with the ticket once it is there: notes its number beside what is broken. */
  readonly onOpened?: (ticketId: string) => Promise<unknown>;
}
const blank: QuickDraft = {
  who: null,
  category: null,
  symptom: '',
  priority: 'normal',
  phone: null,
  location_id: null,
  given: {},
};

interface Quick {
  readonly open: boolean;
  readonly draft: QuickDraft;
  /** Shown again after it was closed without saving. */
  readonly restored: boolean;
  /** Counts openings: each starts with a fresh form, also while the last one is still fading out. */
  readonly opening: number;
}
export const useQuick = create<Quick>(() => ({ open: false, draft: blank, restored: false, opening: 0 }));

const isBlank = (draft: QuickDraft): boolean => draft.who === null && draft.symptom.trim() === '';
/** Opens the quick ticket over whatever is on screen: `openQuickTicket({ who, symptom, given: { ip, channel: 'scan' } })`. */
export function openQuickTicket(start: Partial<QuickDraft> = {}): void {
  const { draft, open, opening } = useQuick.getState();
  if (open) return;
  const kept = Object.keys(start).length === 0 && !isBlank(draft);
  useQuick.setState({ open: true, draft: kept ? draft : { ...blank, ...start }, restored: kept, opening: opening + 1 });
}
export const closeQuickTicket = (): void => useQuick.setState({ open: false });
export const clearQuickTicket = (): void => useQuick.setState({ draft: blank, restored: false });
export const changeQuick = (change: Partial<QuickDraft>): void =>
  useQuick.setState(({ draft }) => ({ draft: { ...draft, ...change } }));

/** The draft as the engine takes it; the category is left to the engine's guess when none was chosen. */
export function openingOf({ who, category, symptom, priority, phone, location_id, given }: QuickDraft): TicketOpening {
  const reported: Partial<TicketOpening> =
    who?.table === 'people'
      ? { person_id: who.id }
      : who?.table === 'locations'
        ? { location_id: who.id }
        : who?.table === 'assets'
          ? { asset_id: who.id }
          : who
            ? { reporter: who.title }
            : {};
  return {
    ...given,
    ...reported,
    symptom,
    priority,
    ...(category ? { category } : {}),
    ...(phone === null ? {} : { phone }),
    ...(location_id === null ? {} : { location_id }),
  };
}
