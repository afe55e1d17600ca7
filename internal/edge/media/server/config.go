package server

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/livekit/livekit-server/pkg/config"
	"github.com/livekit/mediatransportutil/pkg/rtcconfig"

	"giaoban/internal/edge/media"
)

// config is LiveKit's own configuration.
func (s Settings) config(keys media.Keys) (*config.Config, error) {
	if err := s.ports(); err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(s.Signal)
	if err != nil {
		return nil, fmt.Errorf("where signalling listens: %w", err)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("where signalling listens: %w", err)
	}
	ip, err := s.address()
	if err != nil {
		return nil, err
	}
	conf, err := config.NewConfig("rtc: {node_ip: \""+ip.String()+"\", use_external_ip: false}", true, nil, nil)
	if err != nil {
		return nil, fmt.Errorf("configuring LiveKit: %w", err)
	}
	conf.Port, conf.BindAddresses = uint32(number), []string{host}
	conf.Keys = map[string]string{keys.Key: keys.Secret}
	conf.Logging.Level = "error" // it warns of every closed window
	conf.RTC.UDPPort = rtcconfig.PortRange{Start: s.UDP}
	conf.RTC.ICEPortRangeStart, conf.RTC.ICEPortRangeEnd = 0, 0
	conf.RTC.TCPPort = uint32(s.TCP)
	// A packet to all sites is as many packets; to hand them to the system together takes a third less.
	conf.RTC.BatchIO = rtcconfig.BatchIOConfig{BatchSize: 128, MaxFlushInterval: 2 * time.Millisecond}
	if ip.IsLoopback() { // this machine alone: UDP is open, and nobody else is to reach it
		conf.RTC.EnableLoopbackCandidate, conf.RTC.TCPPort = true, 0
		conf.RTC.IPs.Includes = []string{ip.String() + "/32"}
	}
	// Where none is named, LiveKit has browsers ask servers of other countries for their
	// address. Ours need not: they come to us.
	conf.RTC.STUNServers = []string{net.JoinHostPort(ip.String(), strconv.Itoa(s.UDP))}
	if s.Relay.Host != "" {
		conf.RTC.TURNServers = []config.TURNServer{s.Relay.told(relaySecret(keys))}
	}
	conf.Room.AutoCreate = true
	return conf, nil
}

// ports fills in free ports where any will do.
func (s *Settings) ports() (err error) {
	if host, port, _ := net.SplitHostPort(s.Signal); port == "0" {
		free, err := freeTCP(host)
		if err != nil {
			return err
		}
		s.Signal = net.JoinHostPort(host, strconv.Itoa(free))
	}
	if s.TCP == 0 {
		if s.TCP, err = freeTCP(""); err != nil {
			return err
		}
	}
	if s.Relay.Port == 0 && s.Relay.Host != "" {
		if s.Relay.Port, err = freeTCP(""); err != nil {
			return err
		}
	}
	if s.UDP == 0 {
		conn, err := net.ListenUDP("udp", nil)
		if err != nil {
			return fmt.Errorf("finding a free port: %w", err)
		}
		defer conn.Close()
		s.UDP = conn.LocalAddr().(*net.UDPAddr).Port
	}
	return nil
}

func freeTCP(host string) (int, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return 0, fmt.Errorf("finding a free port: %w", err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// address is where browsers send picture and sound: the one given, or this machine's
// first; on a machine without a network, loopback.
func (s Settings) address() (net.IP, error) {
	if s.IP != "" {
		ip := net.ParseIP(s.IP)
		if ip == nil {
			return nil, errors.New("the address of picture and sound is no IP: " + s.IP)
		}
		return ip, nil
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil, fmt.Errorf("finding this machine's address: %w", err)
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsGlobalUnicast() {
			return n.IP, nil
		}
	}
	return net.IPv4(127, 0, 0, 1), nil
}
