/** What consoles print, by maker and dialect; formats after the command references, contents invented. */

export const huaweiOld = `<JX-A1-SW1>display arp
IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE
                                          VLAN/CEVLAN
------------------------------------------------------------------------------
10.20.10.21     00e0-fc11-0021            I -         Vlanif10
10.20.10.1      00e0-fc11-0001  18        D-0         GE0/0/24
                                          10/-
10.20.20.35     8c16-4500-0035  3         D-0         GE0/0/5
                                          20/-
10.20.20.99     Incomplete      1         D-0         GE0/0/6
------------------------------------------------------------------------------
Total:4         Dynamic:2       Static:0     Interface:1
<JX-A1-SW1>display mac-address
-------------------------------------------------------------------------------
MAC address table of slot 0:
-------------------------------------------------------------------------------
MAC Address    VLAN/       PEVLAN CEVLAN Port            Type      LSP/LSR-ID
               VSI/SI                                              MAC-Tunnel
-------------------------------------------------------------------------------
8c16-4500-0035 20          -      -      GE0/0/5         dynamic   0/-
3c52-8200-0036 20          -      -      GE0/0/6         sticky    -
00e0-fc11-0001 10          -      -      GE0/0/24        dynamic   0/-
-------------------------------------------------------------------------------
Total matching items on slot 0 displayed = 3
<JX-A1-SW1>display interface brief
PHY: Physical
*down: administratively down
(l): loopback
(s): spoofing
InUti/OutUti: input utility/output utility
Interface                   PHY   Protocol InUti OutUti   inErrors  outErrors
Eth-Trunk1                  up    up       0.01%  0.01%          0          0
  GigabitEthernet0/0/23     up    up       0.01%  0.01%          0          0
GigabitEthernet0/0/5        up    up       0.01%  0.01%          0          0
GigabitEthernet0/0/6        down  down        0%     0%          0          0
GigabitEthernet0/0/7        *down down        0%     0%          0          0
GigabitEthernet0/0/24       up    up       0.01%  0.01%          0          0
NULL0                       up    up(s)       0%     0%          0          0
<JX-A1-SW1>display lldp neighbor brief
Local Intf       Neighbor Dev             Neighbor Intf             Exptime(s)
GE0/0/24         JX-核心 S7706            GE1/0/3                   101
<JX-A1-SW1>`;

export const huaweiNew = `<核心-S5732>dis arp
ARP timeout:1200s
IP ADDRESS      MAC ADDRESS    EXP(M) TYPE/VLAN       INTERFACE        VPN-INSTANCE
------------------------------------------------------------------------------
10.20.20.35     8c16-4500-0035     18 D/20            XGE0/0/3
10.20.10.1      00e0-fc11-0001        I               Vlanif10
------------------------------------------------------------------------------
<核心-S5732>dis mac-address
MAC Address    VLAN/VSI/BD/SI   Learned-From        Type                Age
8c16-4500-0035 20/-/-/-         XGE0/0/3            dynamic             -
<核心-S5732>dis lldp nei brief
Local Interface         Exptime(s) Neighbor Interface            Neighbor Device
XGE0/0/3                       101 GE1/0/49                      A1 汇聚`;

export const huaweiVerbose = `[SW-C1]display lldp neighbor
GigabitEthernet0/0/1 has 1 neighbor(s):

Neighbor index :1
Chassis type   :MAC address
Chassis ID     :3c8c-4000-0011
Port ID type   :Interface name
Port ID        :GigabitEthernet1/0/24
Port description    :to C1
System name         :A1-HJ
System description  :H3C Comware Platform Software
Copyright: all of it
H3C S5560X-54C
System capabilities supported   :bridge router
System capabilities enabled     :bridge router
Management address type  :ipv4
Management address value :10.20.10.11
OID  :0.6.15.43.6.1.4.1.2011
Expired time   :104s

Port VLAN ID(PVID)  :1
PoE PSE power source :Unknown

GigabitEthernet0/0/2 has 2 neighbor(s):

Neighbor index :1
Chassis ID     :5869-6c00-0001
Port ID        :5869-6c00-0001
System name    :AP-1
System capabilities enabled     :wlan-access-point
Neighbor index :2
Chassis ID     :0011-2233-4455
Port ID        :GE1
System name    :--
`;

export const comware5 = `<B1-JR>display arp
                Type: S-Static    D-Dynamic    A-Authorized
IP Address       MAC Address     VLAN ID  Interface              Aging Type
10.20.10.1       00e0-fc11-0001  10       GE1/0/49               15    D
10.20.30.7       509a-4c00-0007  30       GE1/0/7                12    D
<B1-JR>display mac-address
MAC ADDR         VLAN ID  STATE          PORT INDEX               AGING TIME(s)
509a-4c00-0007   30       Learned        GigabitEthernet1/0/7     AGING
00e0-fc11-0001   10       Config static  GigabitEthernet1/0/49    NOAGED

  ---  2 mac address(es) found  ---
<B1-JR>display interface brief
The brief information of interface(s) under route mode:
Link: ADM - administratively down; Stby - standby
Protocol: (s) - spoofing
Interface            Link Protocol Main IP         Description
NULL0                UP   UP(s)    --
Vlan10               UP   UP       10.20.10.31     guanli

The brief information of interface(s) under bridge mode:
Link: ADM - administratively down; Stby - standby
Speed or Duplex: (a)/A - auto; H - half; F - full
Type: A - access; T - trunk; H - hybrid
Interface            Link Speed   Duplex Type PVID Description
BAGG1                UP   2G(a)   F(a)   T    1
GE1/0/7              UP   1G(a)   F(a)   A    30   B101 讲台
GE1/0/8              DOWN auto    A      A    30
GE1/0/9              ADM  auto    A      A    1
<B1-JR>display lldp neighbor-information list
System Name          Local Interface Chassis ID      Port ID
B-HJ                 GE1/0/49        3c8c-4000-0012  GigabitEthernet1/0/1
`;

export const comware7 = `<C2-JR2>dis arp
  Type: S-Static   D-Dynamic   O-Openflow   R-Rule   M-Multiport  I-Invalid
IP address      MAC address    VLAN/VSI   Interface                Aging Type
10.20.51.9      509a-4c00-0009 51         GE1/0/9                  1183  D
<C2-JR2>dis mac-add
MAC Address      VLAN ID    State            Port/Nickname            Aging
509a-4c00-0009   51         Learned          GE1/0/9                  Y
<C2-JR2>dis int bri
Brief information on interfaces in bridge mode:
Link: ADM - administratively down; Stby - standby
Speed: (a) - auto
Duplex: (a)/A - auto; H - half; F - full
Type: A - access; T - trunk; H - hybrid
Interface            Link Speed   Duplex Type PVID Description
GE1/0/9              UP   100M(a) F(a)   A    51
XGE1/0/49            UP   10G(a)  F(a)   T    1    shanglian
<C2-JR2>dis lldp neighbor-information list
Chassis ID : * -- -- Nearest nontpmr bridge neighbor
             # -- -- Nearest customer bridge neighbor
             Default -- -- Nearest bridge neighbor
Local Interface Chassis ID      Port ID                    System Name
XGE1/0/49       3c8c-4000-0013  Ten-GigabitEthernet1/0/2   C-HJ
<C2-JR2>dis lldp neighbor-information verbose
LLDP neighbor-information of port 49[Ten-GigabitEthernet1/0/49]:
LLDP agent nearest-bridge:
 LLDP neighbor index : 1
 Update time         : 0 days, 1 hours, 2 minutes, 25 seconds
 Chassis type        : MAC address
 Chassis ID          : 3c8c-4000-0013
 Port ID type        : Interface name
 Port ID             : Ten-GigabitEthernet1/0/2
 Time to live        : 121
 Port description    : Ten-GigabitEthernet1/0/2 Interface
 System name         : C-HJ
 System description  :
   H3C Comware Platform Software, Software Version 7.1.070
   H3C S5560X-54C
 System capabilities supported : Bridge, Router
 System capabilities enabled   : Bridge, Router
 Management address type           : IPv4
 Management address                : 10.20.10.13
 OperMau                    : Speed(10000)/Duplex(Full)
<C2-JR2>`;

export const comware7Short = `<H3C>display lldp neighbor-information
LLDP neighbor-information of port 47[Ten-GigabitEthernet1/0/47]:
LLDP agent nearest-bridge:
 LLDP neighbor index : 1
 ChassisID/subtype   : 001e-c100-0001/MAC address
 PortID/subtype      : GigabitEthernet2/0/23/Interface name
 Capabilities        : Bridge, Router
`;

export const zteOld = `ZXR10#show arp
Arp protect whole is disabled
The count is 2
IP              Hardware                             Exter  Inter  Sub
Address    Age      Address     Interface   VlanID VlanID Interface
--------------------------------------------------------------------------------
10.20.10.41 H        00d0.d0c0.0041 vlan10      N/A    N/A    N/A
10.20.40.3  00:03:12 94c6.9100.0003 vlan40      40     N/A    gei_1/3
ZXR10#show mac
Total MAC address : 2
Flags: vid --VLAN id,stc --static,per --permanent,toS --to-static
MAC_Address        vid  port            per  stc  toS  srF  dsF  Frm   Time
--------------------------------------------------------------------------------
94c6.9100.0003     40   gei_1/3         0    0    0    0    0    0     0:00:01:12
3c8c.4000.0012     1    xgei_1/25       0    0    0    0    0    0     0:00:00:10
ZXR10#show interface brief
Interface   portattribute  mode  BW(Mbits) Admin Phy   Prot  Description
gei_1/3     electric    Duplex/full  1000   up    up    up    B301
gei_1/4     electric    Duplex/half  100    up    down  down
gei_1/5     electric    Duplex/half  100    down  down  down
`;
export const zteNew = `ZXR10#show mac table
MAC              VLAN Outgoing Information         Attribute
94c6.9100.0003   40   gei-0/1/1/3                  Dynamic
ZXR10#show lldp neighbor brief
Local Port       Chassis ID         Hold-Time  Capability  System Name  Port ID
xgei-0/1/1/25    3c8c.4000.0012     101        B,R         B-HJ         GigabitEthernet1/0/3
ZXR10#show lldp entry
--------------------------------------------------------------------------------
Local Port: xgei-0/1/1/25
Chassis ID: 3c8c.4000.0012 (MAC Address)
Port ID: GigabitEthernet1/0/3 (Interface Name)
Time to live: 101
System Name: B-HJ
System Description: H3C S5560X-54C
`;

export const ruijie = `B2-RG#show arp
Protocol  Address         Age(min)  Hardware        Type   Interface
Internet  10.20.10.51     --        5869.6c00.0051  arpa   VLAN 10
Internet  10.20.30.9      4         04d9.f500.0009  arpa   VLAN 30
Total number of ARP entries: 2
B2-RG#show mac-address-table
Vlan        MAC Address          Type     Interface
----------  -------------------- -------- -------------------
  30        04d9.f500.0009       DYNAMIC  GigabitEthernet 0/9
  10        00e0.fc11.0001       STATIC   TenGigabitEthernet 0/25
B2-RG#show interfaces status
Interface                Status    Vlan   Duplex   Speed     Type
------------------------ --------  ----   -------  --------- ------
GigabitEthernet 0/9      up        30     Full     1000M     copper
GigabitEthernet 0/10     down      1      Unknown  Unknown   copper
GigabitEthernet 0/11     disabled  1      Unknown  Unknown   copper
TenGigabitEthernet 0/25  up        trunk  Full     10G       fiber
B2-RG#show lldp neighbors
Capability codes:
      (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
System Name  Local Intf  Port ID                Capability    Aging-time
B-HJ         Te0/25      GigabitEthernet1/0/4   B,R           1minutes 49seconds
Total entries displayed: 1
B2-RG#show lldp neighbors detail
----------------------------------------------------------------------------
LLDP neighbor-information of port [TenGigabitEthernet 0/25]
----------------------------------------------------------------------------
  Neighbor index                    : 1
  Device type                       : LLDP Device
  Aging time                        : 1minutes 49seconds
  Chassis ID type                   : MAC address
  Chassis id                        : 3c8c.4000.0012
  System name                       : B-HJ
  System capabilities enabled       : Bridge, Router
  Management address                : 10.20.10.12
  Port ID type                      : Interface name
  Port id                           : GigabitEthernet1/0/4
`;

export const cisco = `C9200#show ip arp
Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  10.20.10.61             -   0011.2200.0061  ARPA   Vlan10
Internet  10.20.70.5              7   d4be.d900.0005  ARPA   Vlan70
C9200#show mac address-table
          Mac Address Table
-------------------------------------------

Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
 All    0100.0ccc.cccc    STATIC      CPU
  70    d4be.d900.0005    DYNAMIC     Gi1/0/5
Total Mac Addresses for this criterion: 2
C9200#show interfaces status

Port      Name               Status       Vlan       Duplex  Speed Type
Gi1/0/5   lab C103 PC        connected    70         a-full a-1000 10/100/1000BaseTX
Gi1/0/6                      notconnect   70           auto   auto 10/100/1000BaseTX
Gi1/0/7                      disabled     1            auto   auto 10/100/1000BaseTX
Te1/1/1   uplink             connected    trunk        full    10G SFP-10GBase-SR
C9200#show lldp neighbors
Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other

Device ID           Local Intf     Hold-time  Capability      Port ID
C-HJ                Te1/1/1        120        B,R             Te1/0/7
a-very-long-name-of-a-switch.lj3z.example
                    Gi1/0/24       120        B               Gi0/1

Total entries displayed: 2
C9200#show cdp neighbors
Capability Codes: R - Router, T - Trans Bridge, B - Source Route Bridge
                  S - Switch, H - Host, I - IGMP, r - Repeater, P - Phone

Device ID        Local Intrfce     Holdtme    Capability  Platform  Port ID
OLD-2960         Gig 1/0/23        131            S I     WS-C2960- Gig 0/1
`;
export const ciscoDetail = `SW1>show lldp neighbors detail
------------------------------------------------
Local Intf: Te1/1/1
Chassis id: 3c8c.4000.0013
Port id: Te1/0/7
Port Description: to SW1
System Name: C-HJ

System Description:
H3C Comware Platform Software
Technical Support: http://www.example.cn

Time remaining: 99 seconds
System Capabilities: B,R
Enabled Capabilities: B,R
Management Addresses:
    IP: 10.20.10.13
Auto Negotiation - not supported
SW1>show cdp neighbors detail
-------------------------
Device ID: OLD-2960
Entry address(es):
  IP address: 10.20.10.62
Platform: cisco WS-C2960-24TT-L,  Capabilities: Switch IGMP
Interface: GigabitEthernet1/0/23,  Port ID (outgoing port): GigabitEthernet0/1
Holdtime : 131 sec

Version :
Cisco IOS Software, C2960 Software, Version 12.2(55)SE
`;
/** A pager's marks as a terminal program logs them, lines wrapped at 80 columns, and half lines at both ends. */
export const broken = `0-fc11-0001  18        D-0
<SW9>display mac-address\r
MAC Address    VLAN/VSI/BD   Learned-From        Type                Age\r
8c16-4500-0035 20/-/-        GE0/0/5             dynamic             -\r
  ---- More ----\u001b[16D                \u001b[16D8c16-4500-0036 20/-/-        GE0/0/6             dynamic             -\r
 --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\b8c16-4500-0037 20/-/-        GigabitEther
net0/0/7       dynamic   -
8c16-4500-0038 20/-/-        GE0/0/8             dyn
8c16-4500-00`;
