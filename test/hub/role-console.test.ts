/** Roles and areas at the hub's console: what is typed, what is answered, and what the laptop is then. */
import { execFile } from 'node:child_process';
import { add, school, type School } from '../support/areas.ts';
import { testEngine, type TestEngine } from '../support/engine.ts';
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

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('the console', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let admin: TestEngine;
  let at: School;
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
    admin = await laptopOf(hub, 'L01', '管理');
    at = school(admin);
    add(admin, 'locations', { kind: 'room', name: '101', parent_id: at.lab });
    await syncNow(admin);
  }, 60_000);
  afterAll(async () => {
    admin.close();
    await cluster.stop();
  }, 60_000);

  const type = (...args: string[]): Promise<{ code: unknown; said: string }> =>
    new Promise((done) =>
      execFile(
        process.execPath,
        ['hub/index.ts', ...args],
        { env: { ...process.env, DATABASE_URL: hub.databaseUrl }, timeout: 30_000 },
        (error, out, err) => done({ code: error?.code ?? 0, said: (out + err).trim() }),
      ),
    );

  test('a code carries role and areas; the operator changes them later', async () => {
    const { said } = await type('code', '--role', 'lead', '--area', '教学楼', '--area', '实验楼/201');
    expect(said).toMatch(/^enrolment code: \S+\nrole: lead {2}areas: 201, 教学楼$/);
    const laptop = await testEngine({ machine: 'L07' });
    await laptop.call.sync.enrol({ address: hub.url, code: /code: (\S+)/.exec(said)?.[1] ?? '' });
    await syncNow(laptop);
    expect(await laptop.call.sync.status({})).toMatchObject({ role: 'lead', areas: ['教学楼', '201'] });
    expect(await type('role', 'L07', '--role', 'auditor', '--area', 'all')).toEqual({
      code: 0,
      said: 'L07 (李明)  role: auditor  areas: all',
    });
    await syncNow(laptop);
    expect(await laptop.call.sync.status({})).toMatchObject({ role: 'auditor', areas: null });
    laptop.close();
  });

  test.each([
    [['code', '--area', '体育馆'], /^No place at the store is called "体育馆"/],
    [
      ['code', '--area', '101'],
      /^"101" are 2 places: 临江三中\/.*楼\/101, 临江三中\/.*楼\/101\. Name one by its path\.$/,
    ],
    [['code', '--role', 'boss'], /^There is no role "boss"\. Roles: technician, lead, admin, auditor\.$/],
    [['role', 'L99', '--role', 'lead'], /^No laptop with access has the machine code "L99"/],
    [['role', 'L01'], /^What shall it be\?/],
    [['status', '--role', 'lead'], /^--role and --area go with the commands code and role/],
    [['code', '--area', 'all', '--area', '教学楼'], /^--area all is every place: name no other with it\.$/],
  ])('%j is answered with one sentence', async (args, sentence) => {
    const { code, said } = await type(...args);
    expect(said).toMatch(sentence);
    expect(said.split('\n')).toHaveLength(1);
    expect(code).toBe(1);
  });
});
