/**
 * Opening a user (walk-through 5): a name, and the room, subnet, next address and PC fill themselves in; then the MAC, and save.
 * What was touched by hand stays; the rest follows the suggestion. The law's answer stands under each field as it is typed.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { opening } from '../../../shared/features/ipam.ts';
import { parseMac } from '../../../shared/mac.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { cleanValues, problemsOf, type Problems } from '../../ui/form/check.ts';
import { DraftNote } from '../../ui/form/draft-note.tsx';
import { dropDraft, keepDraft, keptDraft, type Values } from '../../ui/form/draft.ts';
import { FormFoot } from '../../ui/form/foot.tsx';
import { FormField } from '../../ui/form/record-form.tsx';
import { refusedField } from '../../ui/form/refused-field.ts';
import { useShowProblem } from '../../ui/form/show-problem.ts';
import { isComposing, matchesKey } from '../../ui/keys.ts';
import { refusalOf, sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { PaperNote } from '../applications/paper-note.tsx';
import { Ends } from '../opening/ends.tsx';
import { useUndoable } from './undo.tsx';

export interface BindFormProps {
  /** Known from where the form was opened: a free address, a person, an asset. */
  readonly start: Values;
  readonly refs: Readonly<Record<string, string>>;
  readonly onClose: () => void;
  readonly onBound: (id: string) => void;
}
const TABLES = ['bindings', 'subnets', 'address_ranges', 'assets', 'people'];
/** In the order of the form. */
const shownFields = [
  'person_id',
  'location_id',
  'subnet_id',
  'ip',
  'reason',
  'mac',
  'outlet',
  'switch_name',
  'switch_port',
  'hostname',
  'asset_id',
  'opened_on',
  'remark',
] as const;
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Suggestion and law for what is in the form now. */
function useAdvice(typed: Values) {
  const hex = parseMac(text(typed['mac']) ?? '');
  // A typed card belongs to an asset perhaps, and that tells the room and the user.
  const { data: card } = useQuery(
    rpc.ipam.check.queryOptions({ input: { mac: hex ?? '' }, enabled: hex !== null, meta: { tables: TABLES } }),
  );
  const known = {
    person_id: text(typed['person_id']),
    location_id: text(typed['location_id']),
    asset_id: 'asset_id' in typed ? text(typed['asset_id']) : (card?.mac?.asset_id ?? null),
    subnet_id: text(typed['subnet_id']),
  };
  const { data: suggestion } = useQuery(
    rpc.ipam.suggest.queryOptions({ input: known, meta: { tables: TABLES }, placeholderData: keepPreviousData }),
  );
  const { refs: suggestedRefs = {}, letter = null, ...filled } = suggestion ?? {};
  // An address that was typed belongs to whatever subnet it lies in, not to the one suggested for the room.
  const values: Values = { ...filled, ...(typed['ip'] && !typed['subnet_id'] ? { subnet_id: null } : {}), ...typed };
  const { data: check } = useQuery(
    rpc.ipam.check.queryOptions({
      input: {
        ip: text(values['ip']),
        mac: text(values['mac']),
        subnet_id: text(values['subnet_id']),
        person_id: text(values['person_id']),
        asset_id: text(values['asset_id']),
      },
      meta: { tables: TABLES },
      placeholderData: keepPreviousData,
    }),
  );
  return { values, suggestedRefs, letter, suggestion, check };
}

export function BindForm({ start, refs, onClose, onBound }: BindFormProps): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const domId = useId();
  // A form that was opened for something else begins with that, not with what was typed about another address.
  const draftKey = ['binding-new', ...Object.entries(start).flat()].join('-');
  const [kept, setKept] = useState(() => keptDraft(draftKey));
  const [typed, setTyped] = useState<Values>(kept ?? start);
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const showProblem = useShowProblem(domId, shownFields, problems);
  const { values, suggestedRefs, letter, suggestion, check } = useAdvice(typed);
  const titles = { ...refs, ...suggestedRefs, ...check?.refs };
  const state = values['state'] === 'reserved' ? 'reserved' : 'active';
  const asks = check?.ip?.asks ?? null;

  const change = (name: string, value: unknown): void => {
    const before = typeof values[name] === 'string' ? values[name] : '';
    // A pasted MAC is shown in our style at once; one being typed is left alone until it is left.
    const pasted = name === 'mac' && typeof value === 'string' && Math.abs(value.length - before.length) > 1;
    const next = { ...typed, [name]: pasted ? (parseMac(value) ?? value) : value };
    // Another place or subnet means another next address.
    if (name === 'location_id') for (const each of ['subnet_id', 'ip']) delete next[each];
    if (name === 'subnet_id') delete next['ip'];
    if (value === null && (name === 'ip' || name === 'subnet_id')) delete next[name];
    setTyped(next);
    keepDraft(draftKey, next);
    // What is filled in anew because of this field is judged anew.
    const anew = new Set([name, ...(name === 'location_id' || name === 'subnet_id' ? ['subnet_id', 'ip'] : [])]);
    setProblems(Object.fromEntries(Object.entries(problems).filter(([each]) => !anew.has(each))));
    setFailure(null);
  };
  const fillPort = (port: Values): void => {
    const next = { ...typed, ...port };
    setTyped(next);
    keepDraft(draftKey, next);
  };
  const forget = (): void => {
    dropDraft(draftKey);
    setKept(null);
    setTyped(start);
    setProblems({});
    setFailure(null);
  };
  const fetchMac = async (): Promise<void> => {
    const ip = text(values['ip']);
    if (!ip) return;
    try {
      const { mac } = await client.discovery.lookUp({ ip });
      if (mac) change('mac', mac);
      else setProblems({ mac: t('ipam.noArp', { ip }) });
    } catch (error) {
      say.failed(error);
    }
  };
  const save = async (): Promise<void> => {
    if (saving) return;
    const clean = cleanValues(opening.fields, { ...values, state });
    const wrong: Record<string, string> = { ...problemsOf(opening, clean, true) };
    if (state === 'active' && !clean['mac']) wrong['mac'] ??= refusalText(t, 'mac_needed', {});
    if (asks && !text(clean['reason'])) wrong['reason'] ??= t('form.required');
    setProblems(wrong);
    setFailure(null);
    if (Object.keys(wrong).length > 0) {
      showProblem();
      return;
    }
    setSaving(true);
    try {
      const bound = await client.ipam.bind(clean);
      dropDraft(draftKey);
      undoable.done(t(state === 'reserved' ? 'ipam.reserved' : 'ipam.bound', { ip: bound.ip }), bound.batch);
      onBound(bound.id);
    } catch (error) {
      const named = refusedField(refusalOf(error), shownFields);
      if (named === null) setFailure(sentenceOf(error, t));
      else {
        setProblems({ [named]: sentenceOf(error, t) });
        showProblem();
      }
      setSaving(false);
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    if (!matchesKey(event.nativeEvent, 'ctrl+enter') && !matchesKey(event.nativeEvent, 'ctrl+s')) return;
    event.preventDefault();
    void save();
  };
  const ipProblem = problems['ip'] ?? said(check?.ip?.refused, t);
  const macProblem =
    problems['mac'] ?? (parseMac(text(values['mac']) ?? '') && check?.mac ? said(check.mac.refused, t) : undefined);
  const field = (name: keyof typeof opening.fields, problem = problems[name], autoFocus = false): ReactNode => (
    <FormField
      key={name}
      id={`${domId}-${name}`}
      table="bindings"
      name={name}
      field={opening.fields[name]}
      value={values[name] ?? null}
      problem={problem}
      refTitle={titles[String(values[name])]}
      autoFocus={autoFocus}
      onChange={(value) => change(name, value)}
    />
  );
  return (
    <Sheet
      open
      title={t('ipam.new')}
      onClose={onClose}
      footer={<FormFoot failure={failure} saving={saving} onSave={() => void save()} onClose={onClose} />}
    >
      <div className="form" onKeyDown={onKey}>
        {kept ? <DraftNote onForget={forget} /> : null}
        <fieldset className="form-group">
          <legend>{t('ipam.group.who')}</legend>
          {field('person_id', problems['person_id'], true)}
          {field('location_id')}
          <PaperNote
            application={text(values['application_id'])}
            letter={letter}
            onDrop={() => change('application_id', null)}
            reason={asks ? null : field('reason')}
          />
        </fieldset>
        <fieldset className="form-group">
          <legend>{t('ipam.group.address')}</legend>
          {field('subnet_id')}
          <div>
            {field('ip', ipProblem)}
            {ipProblem ? null : (
              <IpHint
                subnet={titles[String(values['subnet_id'])]}
                typed={Boolean(typed['ip'])}
                known={Boolean(values['subnet_id'])}
                next={suggestion?.ip ?? null}
              />
            )}
            {check?.ip?.lowest && typed['ip'] ? (
              <button type="button" className="text-button" onClick={() => change('ip', check.ip?.lowest)}>
                {t('ipam.useNext', { ip: check.ip.lowest })}
              </button>
            ) : null}
          </div>
          {asks ? (
            <div className="whole reason-line">
              {field('reason', problems['reason'] ?? undefined)}
              <p className="field-hint warn-hint">{t(`ipam.why.${asks}`, { lowest: check?.ip?.lowest ?? '' })}</p>
            </div>
          ) : null}
          <div>
            {field('mac', macProblem)}
            {check?.mac?.random && !macProblem ? <p className="field-hint">{t('ipam.randomMac')}</p> : null}
          </div>
          <div className="field field-action">
            <Button disabled={!text(values['ip'])} onClick={() => void fetchMac()}>
              {t('ipam.fromArp')}
            </Button>
          </div>
        </fieldset>
        <fieldset className="form-group">
          <legend>{t('ipam.group.port')}</legend>
          <div className="whole">
            <Ends
              room={text(values['location_id'])}
              chosen={text(values['outlet'])}
              onChoose={({ outlet, switch_name, switch_port }) => fillPort({ outlet, switch_name, switch_port })}
            />
          </div>
          {(['outlet', 'switch_name', 'switch_port', 'hostname', 'asset_id', 'opened_on', 'remark'] as const).map(
            (name) => field(name),
          )}
          <div className="field">
            <span className="field-label">{t('ipam.how')}</span>
            <Segmented
              className="segmented"
              value={state}
              onChange={(value) => change('state', value)}
              options={[
                { value: 'active', label: t('ipam.openNow') },
                { value: 'reserved', label: t('ipam.reserveOnly') },
              ]}
            />
          </div>
        </fieldset>
      </div>
    </Sheet>
  );
}

const said = (
  advice: { code: string; params: Record<string, string | number> } | null | undefined,
  t: Text,
): string | undefined => (advice ? refusalText(t, advice.code, advice.params) : undefined);

function IpHint({
  subnet,
  typed,
  known,
  next,
}: {
  subnet: string | undefined;
  typed: boolean;
  known: boolean;
  next: string | null;
}): ReactNode {
  const t = useText();
  if (typed) return null;
  if (!known) return <p className="field-hint">{t('ipam.pickSubnet')}</p>;
  return (
    <p className={next ? 'field-hint' : 'field-hint warn-hint'}>
      {next ? t('ipam.nextFree', { subnet: subnet ?? '' }) : t('ipam.noneFree')}
    </p>
  );
}
