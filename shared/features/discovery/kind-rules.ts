/**
 * What speaks for which kind of device, and how loudly: 6 says so by itself (a maker of nothing but telephones, a page that says
 * "打印机"), 3 is a strong hint, 1 a leaning. Written from what devices on Chinese office and school networks really say.
 */
import type { DeviceKind } from './identity.ts';

export type Points = Readonly<Partial<Record<DeviceKind, number>>>;
export type Rule = readonly [RegExp, Points];

const NETWORK_GEAR: Points = { switch: 2, router: 1, access_point: 1, firewall: 1 };
const HOME_GEAR: Points = { router: 2, access_point: 1, switch: 1 };
export const CAMERA_MAKERS =
  /hikvision|dahua tech|dahua zhilian|uniview|tiandy|ezviz|jovision|^tvt co|sunell|axis communications|vivotek|hanwha vision|reolink|raysharp|xiongmai|kedacom/i;

/** The first that fits counts. Makers of many things lean; makers of one thing decide. */
export const vendorRules: readonly Rule[] = [
  [CAMERA_MAKERS, { camera: 4, recorder: 3 }],
  [
    /pantum|seine image|brother industries|seiko epson|kyocera(?! display| wireless)|ricoh|konica minolta|lexmark|xerox corp|fujifilm business|oki (?:electric|data)|zebra tech|toshiba tec/i,
    { printer: 6 },
  ],
  [/^canon inc/i, { printer: 4, camera: 1 }],
  [/^hewlett packard$|^hp inc/i, { printer: 2, pc: 2 }],
  [/hewlett packard enterprise/i, { server: 2, switch: 2, access_point: 1 }],
  [/yealink|grandstream|fanvil|escene computer|polycom|snom tech|akuvox/i, { ip_phone: 6 }],
  [/synology|qnap systems|asustor/i, { nas: 6 }],
  [/hillstone|topsec|fortinet|sangfor|palo alto networks|sonicwall|watchguard|dptech/i, { firewall: 5 }],
  [/routerboard|mikrotik|ikuai/i, { router: 6 }],
  [/new h3c|h3c tech|ruijie|juniper|maipu|arista|extreme networks|d-link|zyxel/i, NETWORK_GEAR],
  [/cisco systems|cisco meraki/i, { ...NETWORK_GEAR, ip_phone: 1 }],
  [/huawei technologies/i, { ...NETWORK_GEAR, server: 1 }],
  [/zte corporation|fiberhome/i, { router: 3, switch: 1 }],
  [/tp-link|tenda|mercury comm|netis|netcore|netgear|linksys|phicomm/i, HOME_GEAR],
  [/ubiquiti|comba telecom|aruba/i, { access_point: 3, switch: 1, router: 1 }],
  [/guangzhou shi(?:rui|yuan)|hitevision/i, { display: 5 }],
  [/hisense visual|hisense electric|skyworth|tcl king|konka group/i, { display: 4 }],
  [
    /huawei device|honor device|oppo mobile|vivo mobile|oneplus|xiaomi mobile|motorola mobility|lenovo mobile|realme/i,
    { mobile: 4 },
  ],
  [/^apple/i, { mobile: 3, pc: 3 }],
  [/samsung electronics/i, { mobile: 3, display: 2, printer: 1 }],
  [/xiaomi|lg electronics/i, { mobile: 2, appliance: 2, display: 1 }],
  [
    /zkteco|hanwang tech|espressif|tuya smart|midea|gree electric|schneider electric|american power conv/i,
    { appliance: 5 },
  ],
  [/inspur|xfusion|dawning information|super micro|proxmox/i, { server: 4 }],
  [/vmware|qemu|xensource/i, { server: 3, pc: 1 }],
  [/dell (?:inc|emc)/i, { pc: 2, server: 2 }],
  [
    /intel corp|realtek|asustek|giga-byte|micro-star|lcfc|^lenovo|hon hai|quanta comp|compal|wistron|liteon|azurewave|pegatron|elitegroup|^microsoft|chicony|cloud network tech/i,
    { pc: 2 },
  ],
];

/** Open TCP ports. */
export const portPoints: Readonly<Record<number, Points>> = {
  22: { server: 1, switch: 1 },
  23: { switch: 2, router: 1 },
  53: { router: 3, server: 2 },
  88: { server: 4, pc: 1 },
  135: { pc: 3, server: 2 },
  389: { server: 4 },
  445: { pc: 3, server: 2, nas: 2 },
  515: { printer: 4 },
  548: { nas: 2, pc: 2 },
  554: { camera: 3, recorder: 2 },
  631: { printer: 3, pc: 1, server: 1 },
  1433: { server: 5 },
  1521: { server: 5 },
  3306: { server: 5 },
  3389: { pc: 2, server: 2 },
  4370: { appliance: 4 },
  5000: { nas: 1 },
  5001: { nas: 2 },
  5060: { ip_phone: 3, server: 1 },
  5432: { server: 5 },
  7000: { display: 2, pc: 1 },
  7547: { router: 4 },
  8000: { camera: 1, recorder: 1 },
  8009: { display: 4 },
  8080: { server: 1 },
  8291: { router: 6 },
  9100: { printer: 5 },
  34567: { recorder: 4, camera: 3 },
  37777: { camera: 4, recorder: 3 },
  62078: { mobile: 5 },
};

/** By what the echo's time to live began with: 128 is Windows, 255 network gear and some printers, 64 all others. */
export const ttlPoints: Readonly<Record<number, Points>> = {
  64: { mobile: 1 },
  128: { pc: 1, server: 1 },
  255: { switch: 2, router: 2, access_point: 1, firewall: 1, printer: 1 },
};

/** Kinds in words, in titles, SNMP descriptions, realms and, with less weight, in names people gave. */
export const wordRules: readonly Rule[] = [
  [/\b[ndxh]vr(?:s|dvs)?(?:\d|\b)|录像机|video recorder|net ?dvr|dvrdvs|\bDS-[789]\d{3}/i, { recorder: 6 }],
  [
    /\bip[- ]?cam(?:era)?\b|\bipc(?:-|_|\b)|网络摄像|摄像[机头]|球机|network camera|\bDS-2(?:CD|DE|DF)|\bDH-(?:IPC|SD)|\bonvif\b/i,
    { camera: 6 },
  ],
  [
    /打印机|复印机|一体机(?!柜)|\bprinter\b|laserjet|officejet|deskjet|pagewide|imagerunner|imageclass|\bLBP\d|pantum|奔图|ecosys|taskalfa|bizhub|apeosport|docucentre|workforce|\b(?:HL|MFC|DCP)-[A-Z]?\d{3,4}/i,
    { printer: 6 },
  ],
  [
    /diskstation|synology|群晖|\bqnap\b|威联通|truenas|freenas|openmediavault|terramaster|铁威马|绿联私有云|\bnas\b/i,
    { nas: 6 },
  ],
  [
    /防火墙|上网行为|入侵防御|firewall|fortigate|\busg\d|\bsecpath\b|\bngaf\b|hillstone|山石网科|天融信|pfsense|opnsense|\bWAF\b/i,
    { firewall: 6 },
  ],
  [
    /无线接入点|无线控制器|access point|\bunifi\b|airos|airengine|aironet|\bW[AT]\d{4}|\bRG-AP\d|(?:^|[\s_-])ap\d{1,4}(?:$|[\s_-])/i,
    { access_point: 6 },
  ],
  [
    /路由|光猫|网关|\brouter|routeros|openwrt|\bluci\b|ikuai|爱快|\bTL-(?:WR|WDR|R|ER|XDR)\d|\bER\d{4}|\bMSR\d|\bAR\d{3,4}|\bRG-EG\d|broadband|home gateway/i,
    { router: 6 },
  ],
  [
    /交换机|\bswitch\b|\bRG-S\d{4}|\bS(?:17|27|37|51|53|55|56|57|58|59|61|65|67|68|77|93|97|105|125|127)\d{2}[A-Z-]?|catalyst|\bLS-[35]\d{3}|\bTL-S[GLH]\d/i,
    { switch: 6 },
  ],
  [/话机|\bip ?phone\b|\bSIP-[TW]\d|yealink|\bGX[PV]\d{3,4}|grandstream|fanvil/i, { ip_phone: 6 }],
  [
    /\bidrac\d*\b|\bilo ?\d|\bibmc\b|\bipmi\b|megarac|xclarity|esxi|vsphere|vcenter|proxmox|windows server|宝塔|phpmyadmin|weblogic|tomcat/i,
    { server: 6 },
  ],
  [
    /希沃|seewo|班牌|会议平板|智慧黑板|信息发布|鸿合|hitevision|maxhub|投影|projector|apple ?tv|smart ?tv|乐播/i,
    { display: 6 },
  ],
  [/考勤|门禁|一卡通|梯控|对讲|\bzkteco\b|\bups\b|access control|广播主机/i, { appliance: 6 }],
  [/\bmacbook|\bimac\b|mac ?mini|macpro|windows 1[01]\b|windows 7\b/i, { pc: 6 }],
  [
    /\biphone|\bipad\b|\bandroid[-_]|\bredmi|\bhonor[-_ ]|huawei[-_ ](?:p|mate|nova|matepad)|\boppo[-_ ]|\bvivo[-_ ]|galaxy/i,
    { mobile: 5 },
  ],
];

/** Names that makers and installers give by themselves: nobody chose them, so they are believed like a label. */
export const madeNameRules: readonly Rule[] = [
  [/^(?:DESKTOP|LAPTOP)-[A-Z0-9]{7}$/i, { pc: 6 }],
  [/^(?:PC|USER|MS|LENOVO|DELL)-\d{8,14}[A-Z]{0,4}$/i, { pc: 5 }],
  [/^WIN-[A-Z0-9]{11}$/i, { server: 3, pc: 1 }],
  [
    /^(?:NPI[0-9A-F]{6}|HP[0-9A-F]{12}|BR[NW][0-9A-F]{12}|KM[0-9A-F]{6}|RNP[0-9A-F]{12}|EPSON[0-9A-F]{6}|Canon[0-9A-F]{6}|XRX[0-9A-F]{6,12}|ET[0-9A-F]{12}|Pantum[-_].*)$/i,
    { printer: 6 },
  ],
  [/^(?:SEP|ATA)[0-9A-F]{12}$/i, { ip_phone: 6 }],
  [/^(?:localhost|raspberrypi|ubuntu|debian|centos)$/i, { server: 1, pc: 1 }],
];

/** Words of a name that only people write: a hint, since names lie. */
export const namedRules: readonly Rule[] = [
  [/(?:^|[-_.\d])(?:srv|svr|server|dc\d|sql|db|web|oa|file|mail|vm)(?:[-_.\d]|$)|服务器/i, { server: 3 }],
  [/(?:^|[-_.])(?:pc|dell|lenovo|laptop|notebook)\d*(?:[-_.]|$)|电脑|笔记本/i, { pc: 3 }],
  [/(?:^|[-_.])(?:sw|core|acc)(?:[-_.\d]|$)/i, { switch: 3 }],
  [/(?:^|[-_.])(?:prn|print|hp|mfp)\d*(?:[-_.]|$)/i, { printer: 3 }],
  [/(?:^|[-_.])(?:cam|ipc)(?:[-_.\d]|$)/i, { camera: 3 }],
];

/** What listens there says of itself: mDNS services and models, greetings, headers, realms, NetBIOS roles. */
export const serviceRules: readonly Rule[] = [
  [/^_(?:ipp|ipps|printer|pdl-datastream|scanner|uscan)\._tcp$/, { printer: 5 }],
  [/^_(?:psia|CGI|onvif|axis-video|rtsp|dahua)\._tcp$/i, { camera: 5, recorder: 3 }],
  [/^_(?:qdiscover|adisk|readynas)\._tcp$/, { nas: 4 }],
  [/^_afpovertcp\._tcp$/, { nas: 2, pc: 2 }],
  [/^_googlecast\._tcp$|^_leboremote\._tcp$/, { display: 4 }],
  [/^_(?:airplay|raop)\._tcp$/, { display: 2, pc: 2 }],
  [/^_apple-mobdev2?\._tcp$/, { mobile: 5 }],
  [/^_(?:companion-link|rdlink)\._tcp$/, { mobile: 2, pc: 2 }],
  [/^_(?:hap|homekit)\._tcp$|^_miio\._udp$/, { appliance: 4 }],
  [/^_sip\._(?:udp|tcp)$/, { ip_phone: 4 }],
  [/^_workstation\._tcp$/, { pc: 2, server: 1 }],
  [/^(?:Xserve|RackMac)/, { nas: 3 }],
  [/^(?:Mac(?:BookPro|BookAir|Book|Pro|mini)?|iMac(?:Pro)?)\d/, { pc: 6 }],
  [/^(?:iPhone|iPad|iPod)\d/, { mobile: 6 }],
  [/^AppleTV\d|^AudioAccessory\d/, { display: 5 }],
  [/^NetBIOS <1[BC]>/, { server: 6 }],
  [/^NetBIOS/, { pc: 2, server: 1, nas: 1 }],
  [/^Samba/, { nas: 2, server: 2 }],
  [/^SSH-\S+-(?:Comware|HUAWEI|VRP|Cisco|RGOS|Ruijie|ZTE|H3C)/i, { switch: 3, router: 1, firewall: 1 }],
  [/^SSH-\S+-ROSSSH/, { router: 6 }],
  [/^SSH-\S+-dropbear/i, { router: 2, access_point: 2, camera: 1, appliance: 1 }],
  [/^SSH-\S+-OpenSSH_for_Windows/i, { pc: 2, server: 2 }],
  [/^SSH-\S+-OpenSSH\S* (?:Ubuntu|Debian|Raspbian|FreeBSD)/i, { server: 4, pc: 1 }],
  [/^SSH-\S+-OpenSSH/i, { server: 3, nas: 1 }],
  [/^(?:DNVRS|DVRDVS)-Webs/i, { recorder: 6 }],
  [/^(?:Hikvision|App)-webs/i, { camera: 2, recorder: 1 }],
  [/^Microsoft-IIS/i, { server: 5, pc: 1 }],
  [/^Microsoft-HTTPAPI/i, { pc: 2, server: 2 }],
  [/^CUPS/i, { pc: 2, server: 2 }],
  [/HP HTTP Server|^KM-MFP|^CANON HTTP|^EPSON[_ -]|^debut\/|^RICOH|^Lexmark|^Xerox/i, { printer: 5 }],
  [/HPE?-iLO|iDRAC|MegaRAC|^Server Management/i, { server: 6 }],
  [/^(?:nginx|Apache|openresty|Tengine|Jetty|Kestrel|Werkzeug|gunicorn)/i, { server: 3, nas: 1 }],
];
