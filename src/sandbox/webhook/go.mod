module followtherequest/sandbox/webhook

go 1.26.0
