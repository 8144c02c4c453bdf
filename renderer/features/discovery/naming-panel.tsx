/** Settings: how computers are to be named, with a field to try a name, and when a registered address counts as silent. */
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import type { NamingRule } from '../../../shared/features/discovery/naming.ts';
import { optionLabel, useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from '../ipam/undo.tsx';
import { NamingForm } from './naming-form.tsx';
import './naming.css';

type Refs = Readonly<Record<string, string>>;

/** `教师机房 10.20.51.0/26 · 电脑`, or all devices. */
function scopeOf(rule: NamingRule, refs: Refs, t: Text): string {
  const parts = [
    rule.subnet_id === null ? null : (refs[rule.subnet_id] ?? null),
    rule.kind === null ? null : optionLabel(t, 'naming_rules', 'kind', rule.kind),
  ].filter((part) => part !== null);
  return parts.length === 0 ? t('naming.all') : parts.join(' · ');
}

export function NamingPanel(): ReactNode {
  const t = useText();
  const say = useSay();
  const { done } = useUndoable();
  const { data, error, refetch } = useQuery(
    rpc.discovery.namingRules.queryOptions({ meta: { tables: ['naming_rules', 'subnets'] } }),
  );
  /** The rule being changed; null for a new one; undefined: the form is closed. */
  const [editing, setEditing] = useState<NamingRule | null | undefined>(undefined);
  const remove = async (rule: NamingRule): Promise<void> => {
    try {
      const { batch } = await client.discovery.removeNamingRule({ id: rule.id });
      done(t('naming.removed', { label: rule.label }), batch);
    } catch (failure) {
      say.failed(failure);
    }
  };
  return (
    <section className="setting">
      <div>
        <h3>{t('naming.title')}</h3>
        <p className="field-hint">{t('naming.intro')}</p>
      </div>
      <div>
        {error ? <Failed error={error} retry={() => void refetch()} /> : null}
        {data || error ? null : <Loading />}
        {data?.rules.length === 0 ? <p className="field-hint">{t('naming.none')}</p> : null}
        {data && data.rules.length > 0 ? (
          <ul className="naming-rules" aria-label={t('naming.list')}>
            {data.rules.map((rule) => (
              <li key={rule.id}>
                <span>
                  {rule.label} <code className="mono">{rule.pattern}</code>
                </span>
                <span className="field-hint">{scopeOf(rule, data.refs, t)}</span>
                <Button size="small" onClick={() => setEditing(rule)}>
                  {t('common.edit')}
                </Button>
                <Button size="small" onClick={() => void remove(rule)}>
                  {t('common.delete')}
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
        <div className="steps-row">
          <Button onClick={() => setEditing(null)}>{t('naming.add')}</Button>
        </div>
        <Silence />
      </div>
      {editing === undefined ? null : (
        <NamingForm
          key={editing?.id ?? 'new'}
          {...(editing ? { row: editing } : {})}
          refs={data?.refs ?? {}}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

const MOST = 10;
function Silence(): ReactNode {
  const t = useText();
  const say = useSay();
  const { data } = useQuery(rpc.discovery.silence.queryOptions({ meta: { tables: ['_sweeps'] } }));
  /** What was typed and not saved yet. */
  const [typed, setTyped] = useState<number | null>(null);
  if (!data) return null;
  const save = async (): Promise<void> => {
    setTyped(null);
    if (typed === null || typed === data.after) return;
    try {
      const { after } = await client.discovery.setSilence({ after: typed });
      say.done(t('silence.saved', { after }));
    } catch (failure) {
      say.failed(failure);
    }
  };
  return (
    <div className="field naming-silence">
      <label htmlFor="silent-after">{t('silence.label')}</label>
      <InputNumber
        id="silent-after"
        min={1}
        max={MOST}
        precision={0}
        value={typed ?? data.after}
        onChange={setTyped}
        onBlur={() => void save()}
        onPressEnter={() => void save()}
      />
      <p className="field-hint">{t('silence.hint')}</p>
    </div>
  );
}
