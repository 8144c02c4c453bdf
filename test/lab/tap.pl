# Writes one line for each IPv4 or ARP frame that leaves a card: milliseconds, what (arp, icmp, tcp, udp), whom it asks, and for TCP its
# flags, for UDP its port. `perl tap.pl CARD`; "ready" comes first.
use strict; use warnings; use Time::HiRes qw(time);
use constant { AF_PACKET => 17, SOCK_RAW => 3, ETH_P_ALL => 3, OUTGOING => 4 };
my ($card) = @ARGV;
my $index = do { open(my $file, '<', "/sys/class/net/$card/ifindex") or die "no card $card"; int(<$file>) };
socket(my $wire, AF_PACKET, SOCK_RAW, unpack('S', pack('n', ETH_P_ALL))) or die "socket: $!";
setsockopt($wire, 1, 33, pack('i', 8 << 20)) or setsockopt($wire, 1, 8, pack('i', 8 << 20));
bind($wire, pack('S n i S C C a8', AF_PACKET, ETH_P_ALL, $index, 0, 0, 0, '')) or die "bind: $!";
my %names = (1 => 'icmp', 6 => 'tcp', 17 => 'udp', 2 => 'igmp');
$| = 1; print "ready\n";
while (defined(my $from = recv($wire, my $frame, 2048, 0))) {
  next if (unpack('S n i S C', $from))[4] != OUTGOING;
  my $type = unpack('n', substr($frame, 12, 2));
  my $at = int(time() * 1000);
  if ($type == 0x0806) { print "$at arp ", join('.', unpack('C4', substr($frame, 38, 4))), ' ', unpack('n', substr($frame, 20, 2)), "\n"; next; }
  next if $type != 0x0800;
  my $protocol = ord(substr($frame, 23, 1));
  my $more = $protocol == 6 ? ord(substr($frame, 47, 1)) : $protocol == 17 ? unpack('n', substr($frame, 36, 2)) : ord(substr($frame, 34, 1));
  print "$at ", $names{$protocol} // $protocol, ' ', join('.', unpack('C4', substr($frame, 30, 4))), " $more\n";
}
