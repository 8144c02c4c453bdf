/**
 * A form made from a record's declaration, in a drawer: Ctrl+Enter or Ctrl+S saves, Esc closes, what was typed is kept until it
 * is saved or thrown away. Refusals are shown at the field they are about, else above the buttons; either way on screen.
 */
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Draft, Field, Fields, RecordType, Row, Values as FieldValues } from '../../../shared/record.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import { fieldLabel, useText } from '../../i18n.ts';
import { isComposing, matchesKey } from '../keys.ts';
import { refusalOf, sentenceOf } from '../refusal.ts';
import { Sheet } from '../sheet.tsx';
import { changesOf, cleanValues, problemsOf, type Problems } from './check.ts';
import { DraftNote } from './draft-note.tsx';
import { dropDraft, keepDraft, keptDraft, type Values } from './draft.ts';
import { FieldInput } from './field-input.tsx';
import { FormFoot } from './foot.tsx';
import { refusedField } from './refused-field.ts';
import { useShowProblem } from './show-problem.ts';

interface WholeForm {
  readonly values: Readonly<Values>;
  readonly change: (name: string, value: unknown) => void;
}
export type FieldHelp = (value: unknown, onChange: (value: unknown) => void, form: WholeForm) => ReactNode;
export interface FormGroup<F extends Fields> {
  readonly title?: MessageKey;
  readonly fields: readonly (keyof F & string)[];
}
interface Common<F extends Fields> {
  readonly record: RecordType<F>;
  readonly title: string;
  readonly open: boolean;
  readonly groups: readonly FormGroup<F>[];
  /** Titles of the records that ref fields point to, as lists and gets return them. */
  readonly refs?: Readonly<Record<string, string>>;
  /** Where what was typed is kept; forms with a start of their own need a name of their own, or an older draft wins. */
  readonly draft?: string;
  /** Nothing typed is kept until it is saved: somebody may type what is not to be kept at all. */
  readonly forgetful?: boolean;
  readonly onClose: () => void;
  /** After the commit; the form closes itself. */
  readonly onSaved?: (saved: Row<F>) => void;
  /** Above the fields: what the form needs to explain. */
  readonly lead?: ReactNode;
  /** A help at one field, under its input: what fills it in, or another field instead. */
  readonly help?: Partial<Record<keyof F & string, FieldHelp>>;
  /** Fields of this screen's own, after the groups. */
  readonly extra?: (values: Values, change: (name: string, value: unknown) => void, problems: Problems) => ReactNode;
}
/** Either `save` with everything typed (a new record) or `row` and `update` with what changed. */
type RecordFormProps<F extends Fields> = Common<F> &
  (
    | {
        readonly initial?: Partial<FieldValues<F>>;
        readonly save: (draft: Draft<F>) => PromiseLike<Row<F>>;
        readonly row?: undefined;
      }
    | { readonly row: Row<F>; readonly update: (changes: Partial<FieldValues<F>>) => PromiseLike<Row<F>> }
  );

export function RecordForm<F extends Fields>(props: RecordFormProps<F>): ReactNode {
  // A fresh body per opening, so that it starts from what the record is now.
  return props.open ? <FormBody key={props.row?.id ?? 'new'} {...props} /> : null;
}

function FormBody<F extends Fields>(props: RecordFormProps<F>): ReactNode {
  const { record, groups } = props;
  const t = useText();
  const domId = useId();
  const draftKey = props.draft ?? `${record.table}-${props.row?.id ?? 'new'}`;
  // As it was when the form opened: what a colleague's sync changes meanwhile is no change of this user's.
  const [start] = useState<Values>(() => props.row ?? ('initial' in props ? (props.initial ?? {}) : {}));
  const [kept] = useState(() => keptDraft(draftKey));
  const [values, setValues] = useState<Values>({ ...start, ...kept });
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const shown = groups.flatMap(({ fields }) => fields);
  // What is filled in already needs no typing: the hand begins at what must still be said.
  const [begin] = useState(() => {
    const bare = (name: string): boolean => (values[name] ?? '') === '';
    const [first] = shown;
    return first === undefined || bare(first) || props.row
      ? first
      : (shown.find((name) => bare(name) && record.fields[name]?.required) ?? first);
  });
  const showProblem = useShowProblem(domId, shown, problems);
  const change = (name: string, value: unknown): void => {
    const next = { ...values, [name]: value };
    setValues(next);
    if (!props.forgetful) keepDraft(draftKey, changesOf(start, next));
    if (name in problems) setProblems(Object.fromEntries(Object.entries(problems).filter(([each]) => each !== name)));
  };
  const forget = (): void => {
    dropDraft(draftKey);
    setValues(start);
  };
  const save = async (): Promise<void> => {
    if (saving) return;
    const clean = cleanValues(record.fields, values);
    const sent = props.row ? changesOf(start, clean) : clean;
    const wrong = problemsOf(record, sent, !props.row);
    setProblems(wrong);
    setFailure(null);
    if (Object.keys(wrong).length > 0) {
      showProblem();
      return;
    }
    if (props.row && Object.keys(sent).length === 0) {
      dropDraft(draftKey);
      props.onClose();
      return;
    }
    setSaving(true);
    try {
      const saved = await send(props, sent);
      dropDraft(draftKey);
      // Closed first: where to go next is said by `onSaved`.
      props.onClose();
      props.onSaved?.(saved);
    } catch (error) {
      // A field that this form does not show cannot carry the sentence.
      const field = refusedField(refusalOf(error), shown);
      if (field === null) setFailure(sentenceOf(error, t));
      else {
        setProblems({ [field]: sentenceOf(error, t) });
        showProblem();
      }
      setSaving(false);
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    if (!matchesKey(event.nativeEvent, 'ctrl+enter') && !matchesKey(event.nativeEvent, 'ctrl+s')) return;
    event.preventDefault();
    // A list that has the focus would open on the same key.
    event.stopPropagation();
    void save();
  };
  return (
    <Sheet
      open
      title={props.title}
      onClose={props.onClose}
      footer={<FormFoot failure={failure} saving={saving} onSave={() => void save()} onClose={props.onClose} />}
    >
      <div className="form" onKeyDownCapture={onKey}>
        {kept ? <DraftNote onForget={forget} /> : null}
        {props.lead}
        {groups.map((group, index) => (
          <fieldset key={group.title ?? index} className="form-group">
            {group.title ? <legend>{t(group.title)}</legend> : null}
            {group.fields.map((name) => (
              <FormField
                key={name}
                id={`${domId}-${name}`}
                table={record.table}
                name={name}
                field={record.fields[name] as Field}
                value={values[name]}
                problem={problems[name]}
                refTitle={props.refs?.[String(values[name])]}
                autoFocus={name === begin}
                onChange={(value) => change(name, value)}
                help={(value, onChange) => props.help?.[name]?.(value, onChange, { values, change })}
              />
            ))}
          </fieldset>
        ))}
        {props.extra?.(values, change, problems)}
      </div>
    </Sheet>
  );
}

/** What passed the record's schema is what the call takes; its own check stands behind it. */
function send<F extends Fields>(props: RecordFormProps<F>, sent: Record<string, unknown>): PromiseLike<Row<F>> {
  return 'update' in props ? props.update(sent as Partial<FieldValues<F>>) : props.save(sent as Draft<F>);
}

interface FormFieldProps {
  readonly id: string;
  readonly table: string;
  readonly name: string;
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly problem?: string | undefined;
  readonly refTitle?: string | undefined;
  readonly autoFocus?: boolean;
  readonly label?: string;
  readonly help?: ((value: unknown, onChange: (value: unknown) => void) => ReactNode) | undefined;
}
/** One labelled input with its problem beneath. */
export function FormField({ problem, label, help, ...input }: FormFieldProps): ReactNode {
  const t = useText();
  const text = label ?? fieldLabel(t, input.table, input.name);
  return (
    <div
      className={input.field.kind === 'note' ? 'field whole' : 'field'}
      data-begin={input.autoFocus ? true : undefined}
    >
      <label htmlFor={input.id}>
        {text}
        {input.field.required ? (
          <span className="field-must" aria-hidden="true">
            *
          </span>
        ) : null}
      </label>
      <FieldInput
        {...input}
        invalid={problem !== undefined}
        describedBy={problem === undefined ? undefined : `${input.id}-problem`}
      />
      {help?.(input.value, input.onChange)}
      {problem === undefined ? null : (
        <p id={`${input.id}-problem`} className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
