package live

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/centrifugal/centrifuge"
)

// Hub carries messages to the streams that are open on this node.
type Hub struct {
	node    *centrifuge.Node
	handler *centrifuge.SSEHandler
	ended   context.Context // done once no stream may be open any more
	end     context.CancelFunc
}

// Open starts a hub; log hears of its troubles.
func Open(log *slog.Logger) (*Hub, error) {
	node, err := centrifuge.New(centrifuge.Config{
		LogLevel: centrifuge.LogLevelError,
		LogHandler: func(entry centrifuge.LogEntry) {
			log.Error("live: "+entry.Message, "fields", entry.Fields)
		},
	})
	if err != nil {
		return nil, fmt.Errorf("making the live hub: %w", err)
	}
	node.OnConnecting(func(ctx context.Context, _ centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		subscriptions := map[string]centrifuge.SubscribeOptions{}
		for _, channel := range channelsOf(ctx) {
			subscriptions[channel] = centrifuge.SubscribeOptions{}
		}
		return centrifuge.ConnectReply{Subscriptions: subscriptions}, nil
	})
	if err := node.Run(); err != nil {
		return nil, fmt.Errorf("starting the live hub: %w", err)
	}
	// A browser's EventSource cannot answer a ping; writing it is what finds
	// connections that are gone.
	handler := centrifuge.NewSSEHandler(node, centrifuge.SSEConfig{
		PingPongConfig: centrifuge.PingPongConfig{PingInterval: 20 * time.Second, PongTimeout: -1},
	})
	ended, end := context.WithCancel(context.Background())
	return &Hub{node, handler, ended, end}, nil
}

type channelsKey struct{}

func channelsOf(ctx context.Context) []string {
	channels, ok := ctx.Value(channelsKey{}).([]string)
	if !ok {
		return nil
	}
	return channels
}

// Serve holds a stream open and writes the channels' messages to it until the
// browser goes away or the person is cut off. Whether the person may listen has
// been decided by the caller.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, person string, channels ...string) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(h.ended, cancel)()
	ctx = context.WithValue(ctx, channelsKey{}, channels)
	ctx = centrifuge.SetCredentials(ctx, &centrifuge.Credentials{UserID: person})
	r = r.Clone(ctx)
	// The browser opens a plain EventSource; what centrifuge expects as the first
	// command of a client is the same for all and is filled in here.
	r.URL.RawQuery = url.Values{"cf_connect": {`{"id":1,"connect":{}}`}}.Encode()
	h.handler.ServeHTTP(w, r)
}

// Watched says whether any stream on this node listens to a channel.
func (h *Hub) Watched(channel string) bool { return h.node.Hub().NumSubscribers(channel) > 0 }

// Streams is how many streams are open on this node.
func (h *Hub) Streams() int { return h.node.Hub().NumClients() }

// Send sends a message, as JSON, to whoever listens to a channel.
func (h *Hub) Send(channel string, message any) error {
	data, err := json.Marshal(message)
	if err != nil {
		return fmt.Errorf("encoding a live message: %w", err)
	}
	if _, err := h.node.Publish(channel, data); err != nil {
		return fmt.Errorf("sending to %s: %w", channel, err)
	}
	return nil
}

// Cut closes all streams of a person, whose browser opens them again if the
// person still may.
func (h *Hub) Cut(person string) error {
	return h.node.Disconnect(person)
}

// CutWhere closes all streams that listen to a channel of which closed is true:
// who may listen to it may have changed. Browsers open them again where they
// still may.
func (h *Hub) CutWhere(closed func(channel string) bool) {
	for _, client := range h.node.Hub().Connections() {
		if slices.ContainsFunc(client.Channels(), closed) {
			client.Disconnect(centrifuge.DisconnectForceReconnect)
		}
	}
}

// StreamsOf is how many streams a person has open on this node.
func (h *Hub) StreamsOf(person string) int { return len(h.node.Hub().UserConnections(person)) }

// farewell is how long streams may take to end by the node's good-bye.
const farewell = time.Second

// Close ends all streams, also those that are just being opened: the node does
// not know them yet and would leave them open.
// Nor may one that takes no good-bye hold up the others until ctx has ended, with which
// whoever waits for them would cut them off in the middle of a message.
func (h *Hub) Close(ctx context.Context) error {
	defer h.end()
	defer time.AfterFunc(farewell, h.end).Stop()
	return h.node.Shutdown(ctx)
}
