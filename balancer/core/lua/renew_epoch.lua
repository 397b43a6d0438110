-- A reader has seen more of this epoch than there is: the data were restored from older ones, so a new epoch
-- begins.
-- kind: chore
-- keys:
-- args: seen_epoch seen_offset# epoch
-- returns: the epoch that holds now
-- events: none
local head = redis.call('HMGET', city, 'epoch', 'offset')
if head[1] == seen_epoch and tonumber(head[2] or 0) < seen_offset then
  redis.call('HSET', city, 'epoch', epoch)
end
return redis.call('HGET', city, 'epoch')
