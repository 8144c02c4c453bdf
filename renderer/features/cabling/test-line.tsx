/** Results of many ports in one line, read back before they are recorded. */
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { readBulk } from '../../../shared/features/cabling/bulk.ts';
import { showRange } from '../../../shared/features/cabling/ranges.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from '../ipam/undo.tsx';

export function TestLine({ assetId, today }: { assetId: string; today: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [line, setLine] = useState('');
  const read = line.trim() === '' ? null : readBulk(line, today);
  const test = read && 'test' in read ? read.test : null;
  const save = (): void => {
    client.cabling.testPorts({ asset_id: assetId, line }).then(({ changed, batch }) => {
      setLine('');
      undoable.done(t('cabling.tested', { count: changed }), batch);
    }, say.failed);
  };
  return (
    <form
      className="test-line"
      onSubmit={(event) => {
        event.preventDefault();
        if (line.trim() !== '') save();
      }}
    >
      <Input
        aria-label={t('cabling.test_line')}
        placeholder={t('cabling.test_hint')}
        value={line}
        maxLength={200}
        onChange={(event) => setLine(event.target.value)}
      />
      <Button htmlType="submit" disabled={line.trim() === ''}>
        {t('cabling.test_save')}
      </Button>
      <span className="field-hint" aria-live="polite">
        {test
          ? t('cabling.test_reads', {
              count: test.positions.length,
              range: showRange(test.positions),
              state: optionLabel(t, 'switch_ports', 'state', test.state),
              method:
                test.method === null
                  ? t('cabling.test_no_method')
                  : optionLabel(t, 'switch_ports', 'test_method', test.method),
              day: test.day,
            })
          : read && 'problem' in read
            ? t(`refusal.bulk_${read.problem}`, { word: read.word })
            : ''}
      </span>
    </form>
  );
}
