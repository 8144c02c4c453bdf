/** Of a register that is handed over: as of when it is, on how many pages and on what. */
import { InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { carriers, type handoverItems } from '../../../shared/features/handover.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';

export function SheetFields({ item, fixed }: { item: RowOf<typeof handoverItems>; fixed: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const save = async (changes: { pages?: number | null; carrier?: (typeof carriers)[number] }): Promise<void> => {
    try {
      await client.handover.sheet({ item: item.id, ...changes });
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <span className="handover-sheet">
      <span className="field-hint">{item.version}</span>
      <InputNumber
        size="small"
        min={1}
        max={9999}
        precision={0}
        disabled={fixed}
        value={item.pages}
        aria-label={`${item.label} ${t('field.handover_items.pages')}`}
        placeholder={t('field.handover_items.pages')}
        changeOnWheel={false}
        onBlur={(event) => {
          const typed = Number(event.target.value);
          const pages = event.target.value === '' || !Number.isInteger(typed) || typed < 1 ? null : typed;
          if (pages !== item.pages) void save({ pages });
        }}
      />
      <Select
        size="small"
        disabled={fixed}
        value={item.carrier}
        aria-label={`${item.label} ${t('field.handover_items.carrier')}`}
        placeholder={t('field.handover_items.carrier')}
        options={carriers.map((value) => ({ value, label: t(`option.handover_items.carrier.${value}`) }))}
        onChange={(carrier) => void save({ carrier })}
      />
    </span>
  );
}
