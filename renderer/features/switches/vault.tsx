/** Asks for the passphrase when something needs the credentials, then goes on with what was begun. */
import { App, Button, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { refusalOf, sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';

const LEAST = 8;
type Ask = 'choose' | 'unlock';
interface Asking {
  readonly ask: Ask;
  readonly resume: () => void;
}

/** `guard(work)` runs the work, and again once the passphrase was given, if that is what was wanted. Draw `dialog` on the screen. */
export function useVault(): { guard: (work: () => Promise<void>) => Promise<void>; dialog: ReactNode } {
  const say = useSay();
  const [asking, setAsking] = useState<Asking | null>(null);
  const guard = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const code = refusalOf(error)?.code;
      if (code === 'vault_needs_passphrase') setAsking({ ask: 'choose', resume: () => void guard(work) });
      else if (code === 'vault_locked') setAsking({ ask: 'unlock', resume: () => void guard(work) });
      else say.failed(error);
    }
  };
  const close = (): void => setAsking(null);
  const dialog = asking ? (
    <VaultDialog
      ask={asking.ask}
      onClose={close}
      onOpen={() => {
        close();
        asking.resume();
      }}
    />
  ) : null;
  return { guard, dialog };
}

export function VaultDialog({
  ask,
  onClose,
  onOpen,
}: {
  ask: Ask;
  onClose: () => void;
  onOpen: () => void;
}): ReactNode {
  const t = useText();
  const id = useId();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const forget = useForget(onClose);
  const submit = async (): Promise<void> => {
    if (ask === 'choose' && passphrase.length < LEAST) return setProblem(t('vault.short'));
    if (ask === 'choose' && passphrase !== again) return setProblem(t('vault.differs'));
    setBusy(true);
    try {
      await (ask === 'choose' ? client.switches.makeVault({ passphrase }) : client.switches.unlock({ passphrase }));
      onOpen();
    } catch (error) {
      setProblem(sentenceOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  const field = (label: string, value: string, change: (text: string) => void, name: string): ReactNode => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <Input.Password
        id={`${id}-${name}`}
        autoComplete="off"
        autoFocus={name === 'one'}
        maxLength={200}
        value={value}
        status={problem ? 'error' : ''}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => {
          change(event.target.value);
          setProblem(null);
        }}
        onPressEnter={() => void submit()}
      />
    </div>
  );
  return (
    <Modal
      open
      title={t(ask === 'choose' ? 'vault.choose' : 'vault.unlock')}
      onCancel={onClose}
      footer={
        <div className="vault-foot">
          {ask === 'unlock' ? (
            <Button type="text" onClick={forget}>
              {t('vault.forgot')}
            </Button>
          ) : null}
          <span className="grid-space" />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={passphrase === ''} onClick={() => void submit()}>
            {t(ask === 'choose' ? 'vault.choose' : 'vault.unlock')}
          </Button>
        </div>
      }
    >
      <div className="vault-form">
        <p>{t(ask === 'choose' ? 'vault.choose_why' : 'vault.unlock_why')}</p>
        {field(t('vault.passphrase'), passphrase, setPassphrase, 'one')}
        {ask === 'choose' ? field(t('vault.again'), again, setAgain, 'two') : null}
        {problem ? (
          <p id={`${id}-problem`} className="field-problem" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
    </Modal>
  );
}

/** The way out of a forgotten passphrase, after a question. */
export function useForget(onDone: () => void): () => void {
  const t = useText();
  const say = useSay();
  const { modal } = App.useApp();
  return () =>
    void modal.confirm({
      icon: null,
      title: t('vault.forget_sure'),
      content: t('vault.forget_after'),
      okText: t('snmp.remove'),
      okButtonProps: { danger: true },
      cancelText: t('common.cancel'),
      onOk: async () => {
        try {
          const { credentials } = await client.switches.forget();
          say.done(t('vault.forgotten', { count: credentials }));
          onDone();
        } catch (error) {
          say.failed(error);
        }
      },
    });
}
