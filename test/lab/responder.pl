# A host without a kernel: answers ARP and echo requests for one address by itself, late and not always. Perl, because Node has no
# packet sockets, kernels without the netem queue cannot delay a real host, and every Debian and Ubuntu has it.
# perl responder.pl CARD MAC IP DELAY_MS LOST_OF_10: of ten echo requests in a row LOST_OF_10 stay unanswered, the first one among them.
use strict; use warnings; use Time::HiRes qw(time);
use constant { AF_PACKET => 17, SOCK_RAW => 3, ETH_P_ALL => 3, OUTGOING => 4 };
my ($card, $mac, $ip, $delay, $lost) = @ARGV;
my $index = do { open(my $file, '<', "/sys/class/net/$card/ifindex") or die "no card $card"; int(<$file>) };
my $me = pack('H12', $mac =~ s/://gr);
my $address = pack('C4', split(/\./, $ip));
socket(my $wire, AF_PACKET, SOCK_RAW, unpack('S', pack('n', ETH_P_ALL))) or die "socket: $!";
bind($wire, pack('S n i S C C a8', AF_PACKET, ETH_P_ALL, $index, 0, 0, 0, '')) or die "bind: $!";
sub sum { my ($text) = @_; my $sum = 0; $sum += $_ for unpack('n*', $text . (length($text) % 2 ? "\0" : ''));
  $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16; return ~$sum & 0xffff; }
my (@queue, $echoes, $last);
$echoes = $last = 0; $| = 1; print "ready\n";
while (1) {
  my $wait = @queue ? $queue[0][0] - time() : 60;
  vec(my $bits = '', fileno($wire), 1) = 1;
  if ($wait > 0 && select(my $ready = $bits, undef, undef, $wait)) {
    my $from = recv($wire, my $frame, 2048, 0) // next;
    next if (unpack('S n i S C', $from))[4] == OUTGOING || length($frame) < 34;
    my ($to, $source, $type) = unpack('a6 a6 n', $frame);
    if ($type == 0x0806 && substr($frame, 20, 2) eq "\0\1" && substr($frame, 38, 4) eq $address) {
      my $answer = $source . $me . pack('n', 0x0806) . pack('n n C C n', 1, 0x0800, 6, 4, 2) . $me . $address . substr($frame, 22, 10);
      push @queue, [time() + $delay / 1000, $answer];
    } elsif ($type == 0x0800 && $to eq $me && substr($frame, 30, 4) eq $address && ord(substr($frame, 23, 1)) == 1 && ord(substr($frame, 34, 1)) == 8) {
      # a new row begins after three quiet seconds: what a test asks does not depend on those before it
      $echoes = 0 if time() - $last > 3;
      $last = time();
      next if $echoes++ * $lost % 10 < $lost;
      my $length = unpack('n', substr($frame, 16, 2));
      my $echo = "\0\0\0\0" . substr($frame, 38, $length - 24);
      substr($echo, 2, 2) = pack('n', sum($echo));
      my $head = pack('C C n n n C C n', 0x45, 0, $length, 0, 0, 64, 1, 0) . $address . substr($frame, 26, 4);
      substr($head, 10, 2) = pack('n', sum($head));
      push @queue, [time() + $delay / 1000, $source . $me . pack('n', 0x0800) . $head . $echo];
    }
  }
  while (@queue && $queue[0][0] <= time()) { send($wire, (shift @queue)->[1], 0, pack('S n i S C C a8', AF_PACKET, 0, $index, 0, 0, 6, $me)); }
}
