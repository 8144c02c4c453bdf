/** Spreadsheets in and out: calls of the contract onto the parts in transfer/. */
import { importOptions } from '../../../shared/features/transfer.ts';
import { isForm } from '../../../shared/features/transfer/forms.ts';
import { refuse } from '../../../shared/refusal.ts';
import { os } from '../rpc.ts';
import { takeBack } from './take-back.ts';
import { commitFile } from './transfer/commit.ts';
import { exportForm } from './transfer/export.ts';
import { exportList, resultFile, templateFile } from './transfer/lists.ts';
import { judgedOf, previewFile, previewRows } from './transfer/preview.ts';
import { stagingOf } from './transfer/staging.ts';
import { submissionsOf, submitForm } from './transfer/submissions.ts';

export const transferRouter = os.transfer.router({
  upload: os.transfer.upload.handler(({ input, context }) => {
    const staging = stagingOf(context.engine);
    const id = input.id ?? staging.begin(input.name);
    return { id, bytes: staging.append(id, Buffer.from(input.data, 'base64')) };
  }),
  preview: os.transfer.preview.handler(async function* ({ input, context, signal }) {
    const staging = stagingOf(context.engine);
    let token = input.token ?? input.upload;
    if (input.data !== undefined) {
      token = staging.begin(input.name);
      staging.append(token, Buffer.from(input.data, 'base64'));
    }
    if (token === undefined) throw refuse('import_no_file');
    yield* previewFile(context.engine, token, importOptions.parse(input.options), signal);
  }),
  rows: os.transfer.rows.handler(async ({ input, context }) =>
    previewRows(context.engine, await judgedOf(context.engine, input.token), input.only, input.offset, input.limit),
  ),
  cancel: os.transfer.cancel.handler(({ input, context }) => {
    stagingOf(context.engine).drop(input.token);
    return { token: input.token };
  }),
  commit: os.transfer.commit.handler(({ input, context }) => commitFile(context.engine, input.token)),
  undo: os.transfer.undo.handler(({ input, context }) => {
    const { engine } = context;
    const command = engine.db.value<string>('SELECT command FROM _commits WHERE batch = ?', input.batch);
    if (command !== 'transfer.commit') throw refuse('nothing_to_undo');
    return engine.command('transfer.undo', (tx) => takeBack(tx, input.batch));
  }),
  result: os.transfer.result.handler(async function* ({ input, context, signal }) {
    const judged = await judgedOf(context.engine, input.token);
    yield* resultFile(context.engine, judged, stagingOf(context.engine).get(input.token).name, signal);
  }),
  template: os.transfer.template.handler(({ input, context, signal }) =>
    templateFile(context.engine, input.target, signal),
  ),
  export: os.transfer.export.handler(({ input, context, signal }) =>
    isForm(input.form) && !input.columns
      ? exportForm(context.engine, input.form, input.query, input.marks, signal)
      : exportList(context.engine, input.form, input.query, input.columns, signal),
  ),
  submit: os.transfer.submit.handler(({ input, context }) =>
    submitForm(context.engine, input.form, input.query, input.position),
  ),
  submissions: os.transfer.submissions.handler(({ input, context }) => submissionsOf(context.engine.db, input.form)),
});
