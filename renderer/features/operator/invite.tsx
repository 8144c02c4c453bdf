/** A one-time code for a new laptop, with role and areas; shown once, large enough to be read out. */
import { Alert, Button, Modal, QRCode } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Grant } from '../../../shared/sync/roles.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { NONE } from '../../ui/text.tsx';
import { GrantFields, useAreaNames } from './grant-fields.tsx';

type Code = Awaited<ReturnType<typeof client.operator.code>>;
const plain: Grant = { role: 'technician', areas: null };

export function Invite(): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [grant, setGrant] = useState(plain);
  const [code, setCode] = useState<Code | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const close = (): void => {
    setOpen(false);
    setCode(null);
    setFailure(null);
    setGrant(plain);
  };
  const make = async (): Promise<void> => {
    setFailure(null);
    try {
      setCode(await client.operator.code({ role: grant.role, areas: grant.areas === null ? null : [...grant.areas] }));
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('operator.invite')}
      </Button>
      <Modal
        open={open}
        title={t('operator.invite')}
        onCancel={close}
        onOk={code ? close : () => void make()}
        okText={code ? t('common.close') : t('operator.make')}
        cancelText={t('common.cancel')}
        cancelButtonProps={code ? { style: { display: 'none' } } : {}}
        destroyOnHidden
        width={560}
      >
        <div className="form">
          {code ? (
            <Shown code={code} grant={grant} />
          ) : (
            <>
              <p>{t('operator.inviteHint')}</p>
              <GrantFields grant={grant} onChange={setGrant} />
            </>
          )}
          {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
        </div>
      </Modal>
    </>
  );
}

function Shown({ code, grant }: { code: Code; grant: Grant }): ReactNode {
  const t = useText();
  const names = useAreaNames();
  const areas = grant.areas?.map((id) => names.get(id) ?? NONE).join('；') ?? t('operator.allAreas');
  return (
    <div className="operator-code">
      <div>
        <p>{t('operator.codeFor')}</p>
        <dl>
          <dt>{t('operator.address')}</dt>
          <dd className="mono">{code.address}</dd>
          <dt>{t('operator.code')}</dt>
          <dd className="mono operator-secret">{code.code}</dd>
        </dl>
        <p>
          {t(`roles.${grant.role}`)} · {areas}
        </p>
        <p className="faint">{t('operator.until', { at: showMoment(code.expires_at) })}</p>
      </div>
      <QRCode type="svg" size={132} value={`${code.address} ${code.code}`} />
    </div>
  );
}
