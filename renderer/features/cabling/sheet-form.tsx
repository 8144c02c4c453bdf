/** Labels to stick on: which cables, on what paper, from which place of the sheet. */
import { Checkbox, InputNumber, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { labelSheets, type CableLine, type LabelSheet } from '../../../shared/features/cabling/calls.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Ask, Line } from './ask.tsx';

/** Of one print: 500 cables are 1,000 labels. */
const MOST = 500;

interface SheetFormProps {
  readonly all: readonly CableLine[];
  readonly bad: readonly CableLine[];
  readonly onClose: () => void;
}
export function SheetForm({ all, bad, onClose }: SheetFormProps): ReactNode {
  const t = useText();
  const [which, setWhich] = useState<'bad' | 'all'>(bad.length > 0 ? 'bad' : 'all');
  const [sheet, setSheet] = useState<LabelSheet>('a4_3x8');
  const [first, setFirst] = useState(1);
  const [ruler, setRuler] = useState(true);
  const ids = (which === 'bad' ? bad : all).slice(0, MOST).map(({ cable }) => cable.id);
  return (
    <Ask
      title={t('cabling.sheet')}
      ok={t('cabling.sheet.go', { count: ids.length * 2 })}
      ready={ids.length > 0}
      onClose={onClose}
      run={async () => go(`print/${(await client.cabling.printSheet({ ids, sheet, first, ruler })).id}`)}
    >
      <Radio.Group
        className="cab-radios"
        aria-label={t('cabling.sheet.which')}
        value={which}
        onChange={(event) => setWhich(event.target.value as typeof which)}
        options={[
          { value: 'bad', label: t('cabling.sheet.bad', { count: bad.length }), disabled: bad.length === 0 },
          { value: 'all', label: t('cabling.sheet.shown', { count: all.length }) },
        ]}
      />
      <Radio.Group
        className="cab-radios"
        aria-label={t('cabling.sheet.kind')}
        value={sheet}
        onChange={(event) => setSheet(event.target.value as LabelSheet)}
        options={labelSheets.map((each) => ({ value: each, label: t(`cabling.sheet.${each}`) }))}
      />
      {sheet.startsWith('a4') ? (
        <Line label={t('cabling.sheet.first')}>
          <InputNumber min={1} max={24} value={first} onChange={(next) => setFirst(next ?? 1)} />
        </Line>
      ) : null}
      <Checkbox checked={ruler} onChange={(event) => setRuler(event.target.checked)}>
        {t('cabling.sheet.ruler')}
      </Checkbox>
    </Ask>
  );
}
