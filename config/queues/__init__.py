"""The queues that messages to workers go through, as kombu's transports; what is no message of ours is thrown away."""
