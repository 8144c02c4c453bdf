/** Columns each table on the screen shows now, in their order: what an export "as shown" takes. */
import { useEffect } from 'react';

const shown = new Map<string, readonly string[]>();
export const shownColumns = (id: string): readonly string[] => shown.get(id) ?? [];

/** Called by the table itself on every change of its columns: field names joined by commas. */
export function useShown(id: string, fields: string): void {
  useEffect(() => {
    shown.set(id, fields.split(','));
  }, [id, fields]);
}
