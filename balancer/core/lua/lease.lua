-- A range of numbers of each queue's letter for today, for a kiosk that may lose the server: `count` of each.
-- They are slips until `issue` makes tickets of them.
-- kind: command
-- keys: leases
-- args: branch lease day count#
-- returns: Answer: lease
-- events: numbers_leased
load_facts(branch)
local blocks = {}
for index, queue in ipairs(queues_of(branch)) do
  local letter = setting('queue/' .. branch .. '/' .. queue).letter
  blocks[index] = {queue = queue, letter = letter, first = lease_numbers(branch, day, letter, count)}
end
local held = cjson.encode({lease = lease, branch = branch, day = day, count = count, blocks = blocks})
redis.call('HSET', leases .. branch .. '/' .. day, lease, held)
emit('numbers_leased', {branch = branch}, {lease = lease, count = count})
return answer({lease = held})
