/** Files of USB sticks at an admin's laptop: in over its own session, and an answer to carry back; for admins of the whole store alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { identityIn } from '../../hub/identity.ts';
import { BYTES } from '../../shared/sync/blob.ts';
import type { TakenReport } from '../../shared/sync/stick.ts';
import { refusalOf, testEngine, type TestEngine } from '../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { brought, readAnswer, unplug, written } from '../support/stick.ts';

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('a stick at the operator', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let keys: string;
  let admin: TestEngine;
  const laptops: TestEngine[] = [];
  beforeAll(async () => {
    cluster = await startCluster();
    keys = mkdtempSync(join(tmpdir(), 'lanbook-key-'));
    hub = await cluster.hub({ identity: await identityIn(keys) });
    admin = await laptopOf(hub, 'L01', '主任');
    await admin.call.sync.setAuto({ on: false });
    await syncNow(admin);
  }, 60_000);
  afterAll(async () => {
    for (const laptop of [admin, ...laptops]) laptop.close();
    await cluster.stop();
    rmSync(keys, { recursive: true, force: true });
  }, 60_000);

  const alone = async (machine: string, technician: string): Promise<TestEngine> => {
    const laptop = await testEngine({ machine, technician });
    laptops.push(laptop);
    unplug(laptop);
    return laptop;
  };
  async function carried(by: TestEngine, bytes: Uint8Array): Promise<{ answer: Buffer; told: TakenReport }> {
    const parts: Buffer[] = [];
    let told: TakenReport | undefined;
    for await (const event of await by.call.operator.carry({ id: await brought(by, bytes) }))
      if (event.is === 'bytes') parts.push(Buffer.from(event.data, 'base64'));
      else told = event.taken;
    return { answer: Buffer.concat(parts), told: told as TakenReport };
  }

  test('a colleague joins and works by stick alone, through the laptop of an admin', async () => {
    const laptop = await alone('L02', '王芳');
    await laptop.call.assets.create({ name: '保密室电脑', category: 'desktop', status: 'in_use' });
    const { code } = await admin.call.operator.code({ role: 'technician', areas: null });
    const joining = await carried(admin, (await written(laptop, code)).bytes);
    expect(joining.told).toMatchObject({
      machine: 'L02',
      technician: '王芳',
      joined: true,
      name: 'L02-1-answer.lanbook',
    });
    await readAnswer(laptop, joining.answer);
    await laptop.call.assets.create({ name: '第二台', category: 'desktop', status: 'in_use' });
    const second = await carried(admin, (await written(laptop)).bytes);
    expect(second.told).toMatchObject({
      joined: false,
      outcome: { applied: 1, held: 0, rejected: 0 },
      quarantined: null,
    });
    expect(await readAnswer(laptop, second.answer)).toMatchObject({ sent: 1 });
    await syncNow(admin);
    expect((await admin.call.assets.list({})).rows.map(({ name }) => name).sort()).toEqual(['保密室电脑', '第二台']);
    const { events } = await admin.call.operator.events({});
    expect(events.find(({ kind }) => kind === 'bundle')).toMatchObject({ address: '主任@L01', machine: 'L02' });
  });

  test('what the store does not take is one sentence for the admin', async () => {
    const laptop = await alone('L03', '张强');
    const { code } = await admin.call.operator.code({ role: 'technician', areas: null });
    const { bytes } = await written(laptop, code);
    const said = async (file: Uint8Array): Promise<string> => (await refusalOf(carried(admin, file))).code;
    expect(await said(Buffer.from('hello'))).toBe('bundle_not');
    expect(await said(bytes.subarray(0, -3))).toBe('bundle_cut');
    expect(await said((await written(laptop, `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)).bytes)).toBe(
      'stick_code_wrong',
    );
    const { answer } = await carried(admin, (await written(laptop, code)).bytes);
    expect(await said(answer)).toBe('stick_answer');
    expect(await said((await written(await alone('L04', '某人'), code)).bytes)).toBe('stick_code_used');
    const { code: next } = await admin.call.operator.code({ role: 'technician', areas: null });
    expect(await refusalOf(carried(admin, (await written(await alone('L03', '某人'), next)).bytes))).toMatchObject({
      code: 'stick_machine_in_use',
      params: { machine: 'L03', holder: '张强' },
    });
    await readAnswer(laptop, answer);
    await admin.call.operator.revoke({ machine: 'L03' });
    await laptop.call.assets.create({ name: '停用之后', category: 'desktop', status: 'in_use' });
    const late = await carried(admin, (await written(laptop)).bytes);
    expect(late.told).toMatchObject({ quarantined: 1, name: null });
    expect(late.answer).toHaveLength(0);
    expect(await said(Buffer.alloc(33 * 1024 * 1024))).toBe('stick_large');
  });

  test('nobody but an admin of the whole store, and nothing of the file is read for anybody else', async () => {
    const building = (await admin.call.locations.create({ kind: 'building', name: '教学楼' })).id;
    await syncNow(admin);
    const { bytes } = await written(await alone('L09', '来人'), await hub.newCode());
    for (const [index, grant] of (
      [
        { role: 'technician', areas: null },
        { role: 'lead', areas: null },
        { role: 'auditor', areas: null },
        { role: 'admin', areas: [building] },
      ] as const
    ).entries()) {
      const { code, address } = await admin.call.operator.code({
        ...grant,
        areas: grant.areas ? [...grant.areas] : null,
      });
      const laptop = await testEngine({ machine: `L2${index}`, technician: `某人${index}` });
      laptops.push(laptop);
      await laptop.call.sync.enrol({ address, code });
      expect(await refusalOf(carried(laptop, bytes))).toMatchObject({ code: 'operator_only' });
    }
    const line = new Agent({ connect: { rejectUnauthorized: false } });
    const post = async (body: Buffer, headers: Record<string, string> = {}): Promise<number> => {
      const url = `${hub.url}/v1/operator/bundle`;
      const init = { method: 'POST', body, headers: { 'content-type': BYTES, ...headers }, dispatcher: line };
      const answer = await fetch(url, init);
      await answer.body?.cancel();
      return answer.status;
    };
    expect(await post(Buffer.from(bytes))).toBe(401);
    expect(await post(Buffer.from(bytes), { authorization: 'Bearer nobody.nothing' })).toBe(401);
    await line.close();
    const { devices } = await admin.call.operator.devices();
    expect(devices.map(({ machine }) => machine)).not.toContain('L09');
    const alonely = await alone('L30', '某人');
    expect(await refusalOf(carried(alonely, bytes))).toMatchObject({ code: 'not_enrolled' });
  });
});
