-- Puts a ticket into its line by its order.
local function join_line(visitor)
  unbind_closed(visitor)
  redis.call('ZADD', line_of(visitor), visitor.order, place_of(visitor))
end
