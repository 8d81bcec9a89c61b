-- holder, seconds, longest lease, proposed name of the store -> fencing token, 0 where another holder has the lease; the store's name.
-- Time is the server's, the same for all machines.
local holder, name = ARGV[1], epoch(ARGV[4])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1e6
local held = redis.call('HMGET', p .. 'lease', 'holder', 'ends_at', 'fence')
local fence = tonumber(held[3] or '0')
if held[1] ~= holder then
  local ends_at = tonumber(held[2] or '0')
  if held[1] and now < ends_at and ends_at <= now + tonumber(ARGV[3]) then return {'0', name} end
  -- Milliseconds since 1970 where that is more: it grows even if the store was emptied in between.
  fence = math.max(fence + 1, math.floor(now * 1000))
end
redis.call('HSET', p .. 'lease', 'holder', holder, 'ends_at', string.format('%.6f', now + tonumber(ARGV[2])),
  'fence', string.format('%.0f', fence))
return {string.format('%.0f', fence), name}
