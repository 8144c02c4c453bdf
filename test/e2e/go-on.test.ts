/** A sweep that was stopped while its hosts were asked what they are goes on from the window, also where only hosts are looked for. */
import { hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { fakeWire, type FakeHost } from '../support/fake-wire.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(60_000);
const hosts = Array.from({ length: 60 }, (_, at): FakeHost => {
  const octet = at + 5;
  const tail = octet.toString(16).toUpperCase().padStart(2, '0');
  return { ip: `10.20.30.${octet}`, mac: `001B210000${tail}`, echo: true, name: `pc-${octet}` };
});

describeIf(hasChromium, noChromium)('a sweep stopped while hosts were identified', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp({ ports: { wire: () => fakeWire({ hosts }) } });
    for await (const event of await app.call.discovery.sweep({ cidrs: ['10.20.30.0/24'] }))
      if (event.kind === 'progress' && event.phase === 'identifying') await app.call.discovery.stop();
  });
  afterAll(() => app.close());

  test('goes on until every host was asked, and is then offered no more', async () => {
    const page = await app.open();
    await page.getByRole('link', { name: '网络发现' }).click();
    await page.getByText('只找主机').click();
    const goOn = page.getByRole('button', { name: '继续识别上次找到的主机' });
    await goOn.click();
    await goOn.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '开始扫描' }).waitFor();
    const { sweep, findings } = await app.call.discovery.findings({});
    expect(sweep).toMatchObject({ ending: 'finished', covered: 254, total: 254 });
    expect(findings.filter(({ host }) => host !== null && !host.self && host.name === null)).toEqual([]);
    expect(app.faults).toEqual([]);
  });
});
