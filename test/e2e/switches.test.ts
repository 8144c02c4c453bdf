/** Switches in the window, asked over real UDP: a credential, a reading, the port of a card, and what the window never gets back. */
import type { Page } from 'playwright-core';
import type { ReadOrder } from '../../main/engine/snmp/reading.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';
import { serveWalk, type Agent } from '../support/snmp-agent.ts';
import { officeSnmp } from '../support/snmp-office.ts';
import { parseWalk } from '../support/walk.ts';

jest.setTimeout(120_000);
const COMMUNITY = 'CANARY-9f3-community';
/** An access switch: bridge port 3 is ifIndex 103, where a card is; 104 leads to the core. */
const access = parseWalk(`
! community ${COMMUNITY}
sysDescr.0 = STR: S5735-L24T4S-A
sysName.0 = STR: JXL-3F
sysUpTime.0 = TICKS: 8640000
ifDescr.{101..104} = STR: GigabitEthernet0/0/{+-100}
ifType.{101..104} = INT: 6
ifAdminStatus.{101..104} = INT: 1
ifOperStatus.{101..104} = INT: 1
dot1dBasePortIfIndex.{1..4} = INT: {+100}
dot1dTpFdbPort.001b21000001 = INT: 3
dot1dTpFdbStatus.001b21000001 = INT: 3
dot1dTpFdbPort.4c1fcc000001 = INT: 4
dot1dTpFdbStatus.4c1fcc000001 = INT: 3
lldpLocPortIdSubtype.4 = INT: 5
lldpLocPortId.4 = STR: GigabitEthernet0/0/4
lldpRemChassisIdSubtype.0.4.1 = INT: 4
lldpRemChassisId.0.4.1 = HEX: 4c1fcc000001
lldpRemPortIdSubtype.0.4.1 = INT: 5
lldpRemPortId.0.4.1 = STR: GigabitEthernet0/0/2
lldpRemSysName.0.4.1 = STR: HX-CORE
lldpRemSysCapEnabled.0.4.1 = HEX: 28
`);

describeIf(hasChromium, noChromium)('switches in the window', () => {
  let app: TestApp;
  let page: Page;
  let agent: Agent;
  let nobody: Agent;
  const asked: ReadOrder[] = [];
  beforeAll(async () => {
    agent = await serveWalk(access);
    nobody = await serveWalk(parseWalk('! community x\nsysName.0 = STR: x'));
    app = await testApp({ ports: { snmp: officeSnmp(new Map([['10.20.1.2', agent]]), asked, nobody) } });
    const person = await app.call.people.create({
      name: '王芳',
      identity: 'staff',
      letter: 'signed',
      status: 'active',
    });
    const subnet = await app.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '教师办公', purpose: 'office' });
    await app.call.ipam.bind({ subnet_id: subnet.id, mac: '001B21000001', person_id: person.id });
    page = await app.open();
    await page.getByRole('link', { name: '拓扑端口' }).click();
    await page.getByRole('link', { name: '交换机', exact: true }).click();
  });
  afterAll(async () => {
    await app.close();
    agent.close();
    nobody.close();
  });
  const faults = () => accessibilityFaults(page);
  const dialog = () => page.getByRole('dialog').last();

  it('leads from nothing to a credential, sealed by a passphrase', async () => {
    await page.getByText('还没有 SNMP 凭据').waitFor();
    await page.getByRole('button', { name: '去设置添加凭据' }).click();
    // not left at the top of the long page
    await page.waitForFunction(() => {
      const panel = [...document.querySelectorAll('h3')].find(({ textContent }) => textContent === 'SNMP 凭据');
      const top = panel?.getBoundingClientRect().top ?? -1;
      return document.querySelectorAll('.month-day').length > 300 && top > 0 && top < 400;
    });
    await page.getByRole('button', { name: '添加凭据' }).click();
    await page.getByLabel('名称', { exact: true }).fill('教学楼');
    await page.getByLabel('适用范围').fill('8.8.8.0/24');
    await page.getByText('v2c', { exact: true }).click();
    await page.getByText('v2c 的团体名在网线上是明文').waitFor();
    await page.getByLabel('只读团体名').fill(COMMUNITY);
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('.ant-message').getByText('8.8.8.0/24').waitFor();
    await page.getByLabel('适用范围').fill('10.20.1.0/24');
    await page
      .getByRole('button', { name: /^保\s?存$/ })
      .last()
      .click();
    await dialog().getByLabel('口令', { exact: true }).fill('passphrase-1');
    await dialog().getByLabel('再输一遍').fill('passphrase-2');
    await page.keyboard.press('Enter');
    await dialog().getByText('两次输入的不一样').waitFor();
    await dialog().getByLabel('再输一遍').fill('passphrase-1');
    await page.keyboard.press('Enter');
    await page.getByText('凭据已保存').waitFor();
    await page.getByText('10.20.1.0/24').waitFor();
  });

  it('sends it to nobody unknown, then reads the registered switch', async () => {
    await page.getByLabel('设备 IP').fill('10.20.1.2');
    await page.getByRole('button', { name: '试读一次' }).click();
    await page.getByText('10.20.1.2 没有登记').waitFor();
    expect(asked).toEqual([]);
    await app.call.assets.create({ name: '三楼接入', category: 'switch', status: 'in_use', ip: '10.20.1.2' });
    await page.getByRole('button', { name: '试读一次' }).click();
    await page.getByText('JXL-3F 应答了').waitFor();
    expect(await faults()).toEqual([]);
    await page.getByRole('link', { name: '拓扑端口' }).click();
    await page.getByRole('link', { name: '交换机', exact: true }).click();
    await page.getByRole('button', { name: '读取全部' }).click();
    await page.getByText('读取结束：1 / 1 台有应答').waitFor();
    await page.getByText('ARP 表: 设备没有这张表').waitFor();
    expect(await page.getByText('ARP 0').count()).toBe(0);
    expect(await faults()).toEqual([]);
  });

  it('reads an address that is typed and not in the list, if it may be asked at all', async () => {
    const search = page.getByRole('textbox', { name: '名称、IP、型号' });
    await search.fill('10.20.1.2');
    await page.getByRole('link', { name: 'JXL-3F' }).waitFor();
    expect(await page.getByText('不在列表里').count()).toBe(0);
    await search.fill('10.20.1.9');
    const line = page.locator('.sw-line').filter({ hasText: '10.20.1.9 不在列表里' });
    await line.getByRole('button', { name: '读取' }).click();
    await page.locator('.sw-result').getByText('10.20.1.9').waitFor();
    await search.fill('');
  });

  it('shows what hangs on each port, and the far end of the uplink', async () => {
    await page.getByRole('link', { name: 'JXL-3F' }).click();
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('GigabitEthernet0/0/3').getByText('王芳').waitFor();
    await row('GigabitEthernet0/0/4').getByText('上联 / 级联口').waitFor();
    await row('GigabitEthernet0/0/4').getByText('HX-CORE GigabitEthernet0/0/2').waitFor();
    expect(await faults()).toEqual([]);
    await page.getByRole('link', { name: '链路', exact: true }).click();
    await page.getByText('1 条链路，0 条两端互相确认').waitFor();
    expect(await faults()).toEqual([]);
  });

  it('finds a person’s port and writes it into the binding on request, to be taken back', async () => {
    await page.getByRole('link', { name: '端口定位' }).click();
    await page.getByLabel('MAC、IP、姓名、主机名或资产').fill('wf');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'JXL-3F 的 GigabitEthernet0/0/3 口' }).waitFor();
    await page.getByText('接入口，此端口 1 个 MAC，刚刚读取').waitFor();
    expect(await faults()).toEqual([]);
    const binding = async () => (await app.call.ipam.list({})).rows[0];
    expect(await binding()).toMatchObject({ switch_port: null });
    await page.getByRole('button', { name: '写入绑定的交换机端口' }).click();
    await page.getByText('与台账一致').waitFor();
    expect(await binding()).toMatchObject({ switch_name: '三楼接入', switch_port: 'GigabitEthernet0/0/3' });
    await page.getByRole('button', { name: /撤\s?销/ }).click();
    await page.getByText('台账里没有登记交换机端口').waitFor();
  });

  it('never gives the secret back to the window, and works without a fault', async () => {
    await page.getByRole('link', { name: '系统设置' }).click();
    await page.getByText('教学楼').first().waitFor();
    expect(await page.content()).not.toContain('CANARY');
    expect(JSON.stringify(await app.call.switches.credentials())).not.toContain('CANARY');
    expect(app.faults).toEqual([]);
  });
});
