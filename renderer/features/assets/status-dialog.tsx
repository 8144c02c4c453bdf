/** A change of status says why; the reason stays in the history. */
import { Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { assetStatuses, type AssetStatus, type assets } from '../../../shared/features/assets.ts';
import type { RowOf } from '../../../shared/record.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { OptionState } from '../../ui/state.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';

export function StatusDialog({
  asset,
  open,
  onClose,
}: {
  asset: RowOf<typeof assets>;
  open: boolean;
  onClose: () => void;
}): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const [status, setStatus] = useState<AssetStatus | null>(null);
  const close = (): void => {
    setStatus(null);
    onClose();
  };
  const run = async (reason: string): Promise<void> => {
    if (!status) return;
    await client.assets.setStatus({ id: asset.id, status, reason });
    say.done(t('assets.saved'));
  };
  return (
    <ReasonDialog
      open={open}
      title={t('assets.changeStatus')}
      hint={t('assets.reasonHint')}
      ready={status !== null}
      run={run}
      onClose={close}
    >
      <div className="form-group">
        <div className="field">
          <span className="field-label">{t('assets.statusFrom')}</span>
          <span className="field-value">
            <OptionState table="assets" field="status" code={asset.status} />
          </span>
        </div>
        <div className="field">
          <label htmlFor={id}>{t('assets.statusTo')}</label>
          <Select
            id={id}
            value={status}
            placeholder={t('form.choose')}
            onChange={setStatus}
            options={assetStatuses
              .filter((code) => code !== asset.status)
              .map((code) => ({ value: code, label: optionLabel(t, 'assets', 'status', code) }))}
          />
        </div>
      </div>
    </ReasonDialog>
  );
}
