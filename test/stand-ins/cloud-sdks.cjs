// Stand-ins for the SDKs of clouds: classes with the tokens of the real ones and the outputs that programs use, because
// the real packages are large and none of them is a dependency.
"use strict";

const pulumi = require("@pulumi/pulumi");

function sdk(type, ...outputs) {
  return class extends pulumi.CustomResource {
    constructor(name, args, opts) {
      super(type, name, { ...Object.fromEntries(outputs.map((output) => [output, undefined])), ...args }, opts);
    }
  };
}

module.exports = {
  aws: {
    ec2: {
      Instance: sdk("aws:ec2/instance:Instance", "privateIp", "publicIp", "primaryNetworkInterfaceId"),
      Eip: sdk("aws:ec2/eip:Eip", "publicIp", "allocationId"),
      EipAssociation: sdk("aws:ec2/eipAssociation:EipAssociation", "publicIp"),
      LaunchTemplate: sdk("aws:ec2/launchTemplate:LaunchTemplate", "latestVersion"),
      NetworkInterface: sdk("aws:ec2/networkInterface:NetworkInterface", "privateIp"),
      SecurityGroup: sdk("aws:ec2/securityGroup:SecurityGroup"),
      Subnet: sdk("aws:ec2/subnet:Subnet"),
    },
    autoscaling: { Group: sdk("aws:autoscaling/group:Group") },
    lb: { LoadBalancer: sdk("aws:lb/loadBalancer:LoadBalancer", "dnsName") },
  },
  openstack: {
    compute: {
      Instance: sdk("openstack:compute/instance:Instance", "accessIpV4", "networks"),
      Keypair: sdk("openstack:compute/keypair:Keypair", "publicKey", "privateKey"),
    },
    networking: {
      FloatingIp: sdk("openstack:networking/floatingIp:FloatingIp", "address"),
      FloatingIpAssociate: sdk("openstack:networking/floatingIpAssociate:FloatingIpAssociate", "floatingIp"),
      Port: sdk("openstack:networking/port:Port", "allFixedIps"),
    },
  },
  hcloud: {
    Server: sdk("hcloud:index/server:Server", "ipv4Address", "networks"),
    ServerNetwork: sdk("hcloud:index/serverNetwork:ServerNetwork", "ip"),
    Network: sdk("hcloud:index/network:Network"),
    SshKey: sdk("hcloud:index/sshKey:SshKey"),
    PrimaryIp: sdk("hcloud:index/primaryIp:PrimaryIp", "ipAddress"),
  },
  linode: { Instance: sdk("linode:index/instance:Instance", "ipAddress", "privateIpAddress") },
  libvirt: {
    CloudInitDisk: sdk("libvirt:index/cloudInitDisk:CloudInitDisk"),
    Domain: sdk("libvirt:index/domain:Domain", "networkInterfaces"),
    Ignition: sdk("libvirt:index/ignition:Ignition"),
  },
  gcp: {
    compute: {
      Address: sdk("gcp:compute/address:Address", "address"),
      Instance: sdk("gcp:compute/instance:Instance", "networkInterfaces"),
    },
  },
  random: { RandomPassword: sdk("random:index/randomPassword:RandomPassword", "result") },
};
